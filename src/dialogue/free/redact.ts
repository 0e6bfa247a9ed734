/** A question as it may be kept for the operator: without numbers, addresses and names. */

const LONGEST = 200;
const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,64}/g;
const NUMBER = /\d(?:[ -]?\d){4,}/g;
const NAME = /(我叫|我是|姓名是?|名字叫|联系人)[:： ]?([\u4e00-\u9fff]{2,4})(?=[,，。.;；、!！?？ ]|$)/g;
const SURNAME = /(免贵姓|我姓|姓)([\u4e00-\u9fff])/g;

/** Replaces what could name a person or a firm's accounts: five and more digits, e-mail addresses, given names. */
export function redact(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(EMAIL, '[邮箱]')
    .replace(NUMBER, '[号码]')
    .replace(SURNAME, '$1某')
    .replace(NAME, '$1某某');
}
