import { isQuestion } from '../text.ts';

/** 够格不, 给报没, 中不中: questions as they are spoken, with no word that makes them one in writing. */
const SPOKEN_END = /[\u4e00-\u9fff](?:不|没|否|么|没有|木有|不呢|不啊|吧)(?:[\s?!。,，~]|$)/;
const BOTH_WAYS = /([能行可算够符报给领做用补兑收要有认管成中对是])[不没]\1|几[天号成个点年次]|多长|多大|哪|咋|谁/;

/** Whether a normalised message asks something, in writing or as people speak. */
export function asksSomething(text: string): boolean {
  return isQuestion(text) || SPOKEN_END.test(text) || BOTH_WAYS.test(text);
}
