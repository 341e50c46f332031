/** Solves S x = b for a positive definite S = [xx, xy, xz, yy, yz, zz] by cofactors. `out` may be `b`. */
export function solveSymmetric3(out: Float64Array, s: Float64Array, b: Float64Array): void {
  const xx = s[0];
  const xy = s[1];
  const xz = s[2];
  const yy = s[3];
  const yz = s[4];
  const zz = s[5];
  const cxx = yy * zz - yz * yz;
  const cxy = xz * yz - xy * zz;
  const cxz = xy * yz - xz * yy;
  const cyy = xx * zz - xz * xz;
  const cyz = xy * xz - xx * yz;
  const czz = xx * yy - xy * xy;
  const scale = 1 / (xx * cxx + xy * cxy + xz * cxz);
  const x = b[0];
  const y = b[1];
  const z = b[2];
  out[0] = (cxx * x + cxy * y + cxz * z) * scale;
  out[1] = (cxy * x + cyy * y + cyz * z) * scale;
  out[2] = (cxz * x + cyz * y + czz * z) * scale;
}
