import { describe, expect, test } from 'vitest';
import { Talk } from '../../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

function said(programme: string, text: string): string {
  const talk = new Talk(NOW);
  talk.type(`/programme ${programme}`);
  talk.type(text);
  return talk.text();
}

describe('a firm of the area that asks whether it may', () => {
  test.each([
    '朔州的公司可以领吗',
    '我们是孝义的企业 有资格报吗',
    '高平市的厂能享受不',
    '山西省的单位能不能申报',
    '公司在原平 能申请吗',
    '注册在襄垣的企业行吗',
  ])('shanxi-2026: %s', (text) => {
    expect(said('shanxi-2026', text)).toMatch(/^可以，在山西省内任何市、县注册/);
  });

  test.each(['宜阳县的公司能领吗', '洛宁企业可以申请不', '伊滨区的厂子有没有资格', '洛阳市的单位能申领吗'])(
    'luoyang: %s',
    (text) => {
      expect(said('luoyang', text)).toMatch(/^可以，在洛阳市所辖县区登记注册/);
    },
  );

  test.each([
    ['shanxi-2026', '晋创谷的公司可以申请吗', /晋创谷创新驱动平台/],
    ['shanxi-2026', '兰州的公司可以领吗', /^不能/],
    ['luoyang', '开封的企业能领吗', /^不能/],
    ['shanxi-2026', '朔州的公司没有高企可以领吗', /^不能只凭普通企业身份/],
  ])('%s: %s is something else', (programme, text, wanted) => {
    expect(said(programme, text)).toMatch(wanted);
  });
});

describe('where the firm is registered counts, not where it works', () => {
  test.each([
    ['shanxi-2026', '执照在晋城 车间放在河南', /^可以，看的是注册/],
    ['shanxi-2026', '忻州注册的 人都在上海办公', /^可以，看的是注册/],
    ['shanxi-2026', '在保定注册 在忻州建厂', /^不能/],
    ['shanxi-2026', '公司注册地是天津 厂房在吕梁', /^不能/],
    ['luoyang', '在南阳登记的 生产在孟津', /^不能/],
    ['luoyang', '登记在偃师 仓库在南阳', /^可以，看的是登记注册/],
    ['luoyang', '在南阳注册在偃师生产', /^不能/],
    ['shanxi-2026', '我们在阳泉登记在石家庄办公', /^可以，看的是注册/],
  ])('%s: %s', (programme, text, wanted) => {
    expect(said(programme, text)).toMatch(wanted);
  });
});

test('what is written down with the name of a place is found by it', () => {
  expect(said('luoyang', '服务机构得是本市的吧')).toMatch(/^可以，没有限制服务机构所在地/);
  expect(said('luoyang', '偃师的企业行吗 洛阳券')).toMatch(/^可以，在洛阳市所辖县区登记注册/);
  expect(said('shanxi-2026', 'is Beijing lab ok')).toMatch(/^不支持一般企业找外省机构/);
  expect(said('luoyang', '服务机构要不要是洛阳的')).toMatch(/^可以，没有限制服务机构所在地/);
});
