/** The report's typography in one place. Lengths are PostScript points on A4. */

export const PAGE = { width: 595.28, height: 841.89, left: 54, right: 54, top: 74, bottom: 62 } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const CONTENT_BOTTOM = PAGE.height - PAGE.bottom;

export type FontName = 'sans' | 'bold' | 'italic' | 'mono';

export interface TextStyle {
  readonly font: FontName;
  readonly size: number;
  /** Distance from one baseline to the next. */
  readonly leading: number;
  readonly color: string;
}

export const COLOR = {
  ink: '#161616',
  quiet: '#525252',
  rule: '#C6C6C6',
  band: '#F2F4F8',
  accent: '#0F4C81',
  good: '#0E6027',
  goodBand: '#EAF6EC',
  caution: '#7A4B00',
  cautionBand: '#FDF3DF',
  bad: '#A2191F',
  badBand: '#FDECEC',
  watermark: '#F6D5D6',
} as const;

export const TEXT = {
  title: { font: 'bold', size: 21, leading: 26, color: COLOR.ink },
  subtitle: { font: 'sans', size: 11, leading: 15, color: COLOR.quiet },
  verdict: { font: 'bold', size: 20, leading: 25, color: COLOR.ink },
  h1: { font: 'bold', size: 14, leading: 18, color: COLOR.accent },
  h2: { font: 'bold', size: 10.5, leading: 14, color: COLOR.ink },
  body: { font: 'sans', size: 9.5, leading: 13.2, color: COLOR.ink },
  quiet: { font: 'sans', size: 8.5, leading: 12, color: COLOR.quiet },
  cell: { font: 'sans', size: 8.5, leading: 11.4, color: COLOR.ink },
  cellSmall: { font: 'sans', size: 7.8, leading: 10.4, color: COLOR.ink },
  cellHead: { font: 'bold', size: 8, leading: 11.4, color: COLOR.quiet },
  cellBold: { font: 'bold', size: 8.5, leading: 11.4, color: COLOR.ink },
  cellMono: { font: 'mono', size: 7.6, leading: 11.4, color: COLOR.ink },
  code: { font: 'mono', size: 7.6, leading: 10.4, color: COLOR.ink },
  running: { font: 'sans', size: 8, leading: 10, color: COLOR.quiet },
  runningBold: { font: 'bold', size: 8, leading: 10, color: COLOR.ink },
} as const satisfies Record<string, TextStyle>;
