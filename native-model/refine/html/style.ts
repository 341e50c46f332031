/** The report's only style sheet. Colours reach 4.5:1 on their background in both themes. */
const LIGHT = `--page:#f4f5f6;--panel:#fff;--line:#d9dce0;--faint:#eceef0;--text:#1d2025;--muted:#575d66;
--warm:#a8480a;--cool:#0f5fb0;--bad:#a8480a;--band:#a8480a22;--hatch:#8a9099;`;
const DARK = `--page:#1b1c1e;--panel:#242527;--line:#3c3f43;--faint:#2e3033;--text:#e6e7e9;--muted:#a8adb5;
--warm:#f2a25c;--cool:#78b7ff;--bad:#f2a25c;--band:#f2a25c2e;--hatch:#7d838c;`;

export const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
:root[data-theme=light]{color-scheme:light;${LIGHT}}
:root[data-theme=dark]{color-scheme:dark;${DARK}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);
font:13px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
main,header{max-width:1120px;margin:0 auto;padding:0 20px}
header{padding-top:24px;padding-bottom:4px}
h1{font-size:21px;font-weight:600;margin:0 0 2px;overflow-wrap:anywhere}
h2{font-size:14px;font-weight:600;margin:0 0 10px}
p{margin:0}
.muted{color:var(--muted)}
.lead{color:var(--muted);overflow-wrap:anywhere}
.lead b{color:var(--text);font-weight:600}
section{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:14px 16px;margin:12px 0}
.notices{border-left:3px solid var(--warm)}
.notices ul{margin:0;padding-left:18px}
.notices li{margin:2px 0;overflow-wrap:anywhere}
dl.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));margin:0;gap:14px 16px}
.figures dt{color:var(--muted);font-size:12px}
.figures dd{margin:1px 0 0;font-size:19px;line-height:1.3;white-space:nowrap}
.figures dd small{font-size:12px;color:var(--muted);display:block;white-space:normal}
.figures .from{color:var(--warm)}.figures .to{color:var(--cool);font-weight:600}
.figures .arrow{color:var(--muted);padding:0 5px}
.poses{display:grid;grid-template-columns:repeat(auto-fill,minmax(236px,1fr));gap:14px 20px}
figure{margin:0}
figcaption{margin-top:4px;color:var(--muted);font-size:12px}
figcaption b{color:var(--text);font-weight:600}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--muted);font-size:12px;margin:0 0 8px;padding:0;list-style:none}
.swatch{display:inline-block;width:16px;height:3px;vertical-align:middle;margin-right:6px;border-radius:2px}
.swatch.band{height:11px;background:var(--band);border-top:2px solid var(--bad);border-radius:0}
.swatch.ghost{background:none;border-top:2px dashed var(--warm)}
.wide{overflow-x:auto}.wide svg{min-width:760px}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--muted);font-size:11px}
svg text.name{fill:var(--text)}
.axis{stroke:var(--line);stroke-width:1;fill:none}
.grid{stroke:var(--faint);stroke-width:1;fill:none}
.band{fill:var(--band)}.mark{fill:var(--bad)}
.before{stroke:var(--warm)}.after{stroke:var(--cool)}
.curve{fill:none;stroke-width:1.4;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.curve.pqe{stroke:var(--text);stroke-width:1.2}
.bone{fill:none;stroke-linecap:round;stroke-linejoin:round;stroke-width:3.4}
.bone.far{opacity:.5}
.bone.ghost{stroke-width:1.2;stroke-dasharray:3 2.5;opacity:.85}
.before-fill{fill:var(--warm)}.after-fill{fill:var(--cool)}
.floor{stroke:var(--muted);stroke-width:1}
.nothing{fill:var(--faint)}.hatching{stroke:var(--hatch);stroke-width:1}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--muted);padding:0 0 6px;font-size:12px}
th{font-weight:500;color:var(--muted);font-size:12px;text-align:left;border-bottom:1px solid var(--line)}
th,td{padding:4px 14px 4px 0;vertical-align:top}
td{border-bottom:1px solid var(--faint);overflow-wrap:anywhere}
tr:last-child td,tr:last-child th{border-bottom:0}
.number{text-align:right;white-space:nowrap;width:1%}
.scroll{max-height:430px;overflow:auto}
.scroll thead th{position:sticky;top:0;background:var(--panel)}
td.tight{white-space:nowrap}
.done{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:18px 36px}
.done th{border-bottom:1px solid var(--faint);width:40%;font-size:13px}
.done h3{font-size:12px;font-weight:600;margin:0 0 4px}
footer{color:var(--muted);font-size:12px;padding:2px 0 28px}
@media print{.scroll{max-height:none}section{break-inside:avoid}body{background:none}}
`;
