import { isQuestion } from '../text.ts';

/** 够格不, 给报没, 中不中: questions as they are spoken, with no word that makes them one in writing. */
const SPOKEN_END =
  /[\u4e00-\u9fff](?:不|没|否|么|没有|木有|不呢|不啊|不咧|没呢|没啊|吧|嘛|呗|呢|不行|不能)(?:[\s?!。,，~]|$)/;
const BOTH_WAYS =
  /([能行可算够符报给领做用补兑收要有认管成中对是得让准允该会应敢来]|可以|需要|属于|符合|影响)[不没]\1|能[\u4e00-\u9fff]{0,3}不能|(?<![十好百千万])几(?![乎十百千万率何])[\u4e00-\u9fff]|多[长大高少久远重]|还是|哪|咋|啥|甚|谁|为何|怎/;

/** Whether a normalised message asks something, in writing or as people speak. */
export function asksSomething(text: string): boolean {
  return isQuestion(text) || SPOKEN_END.test(text) || BOTH_WAYS.test(text);
}
