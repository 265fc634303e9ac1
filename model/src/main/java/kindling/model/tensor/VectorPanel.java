package kindling.model.tensor;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products that stay in registers from the first to the last: 8 x 3 vectors of 512 bits, or 4 x 3 of 256. Written out,
 * because the compiler of Java 17 keeps no array of vectors in registers.
 */
final class VectorPanel {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = RowKernels.PANEL;
    private static final int STRIP = 3 * LANES;

    /** As many bytes as a vector has floats, or some more. */
    private static final VectorSpecies<Byte> BYTES =
            VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)).withLanes(byte.class);

    /** Rows that fill the registers. */
    static final int ROWS = LANES >= 16 ? 8 : 4;

    private VectorPanel() {}

    static void multiply(int rows, float[] x, int xAt, int n, float[] w, int wAt, float[] y, int yAt) {
        for (int strip = 0; strip < PANEL; strip += STRIP) {
            switch (rows) {
                case 8 -> eight(x, xAt, n, w, wAt + strip, y, yAt + strip);
                case 4 -> four(x, xAt, n, w, wAt + strip, y, yAt + strip);
                default -> one(x, xAt, n, w, wAt + strip, y, yAt + strip);
            }
        }
    }

    private static void one(float[] x, int xAt, int n, float[] w, int wAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, y, yAt);
        FloatVector s1 = FloatVector.fromArray(SPECIES, y, yAt + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, y, yAt + 2 * LANES);
        for (int i = 0; i < n; i++) {
            int at = wAt + i * PANEL;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, at);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, at + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, at + 2 * LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[xAt + i]);
            s0 = v.fma(w0, s0);
            s1 = v.fma(w1, s1);
            s2 = v.fma(w2, s2);
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + LANES);
        s2.intoArray(y, yAt + 2 * LANES);
    }

    private static void four(float[] x, int xAt, int n, float[] w, int wAt, float[] y, int yAt) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, y, yAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, y, yAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, y, yAt + 2 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, y, yAt + PANEL);
        FloatVector s11 = FloatVector.fromArray(SPECIES, y, yAt + PANEL + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, y, yAt + PANEL + 2 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, y, yAt + 2 * PANEL);
        FloatVector s21 = FloatVector.fromArray(SPECIES, y, yAt + 2 * PANEL + LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, y, yAt + 2 * PANEL + 2 * LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, y, yAt + 3 * PANEL);
        FloatVector s31 = FloatVector.fromArray(SPECIES, y, yAt + 3 * PANEL + LANES);
        FloatVector s32 = FloatVector.fromArray(SPECIES, y, yAt + 3 * PANEL + 2 * LANES);
        for (int i = 0; i < n; i++) {
            int at = wAt + i * PANEL;
            int from = xAt + i * 4;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, at);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, at + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, at + 2 * LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, x[from]);
            s00 = v0.fma(w0, s00);
            s01 = v0.fma(w1, s01);
            s02 = v0.fma(w2, s02);
            FloatVector v1 = FloatVector.broadcast(SPECIES, x[from + 1]);
            s10 = v1.fma(w0, s10);
            s11 = v1.fma(w1, s11);
            s12 = v1.fma(w2, s12);
            FloatVector v2 = FloatVector.broadcast(SPECIES, x[from + 2]);
            s20 = v2.fma(w0, s20);
            s21 = v2.fma(w1, s21);
            s22 = v2.fma(w2, s22);
            FloatVector v3 = FloatVector.broadcast(SPECIES, x[from + 3]);
            s30 = v3.fma(w0, s30);
            s31 = v3.fma(w1, s31);
            s32 = v3.fma(w2, s32);
        }
        s00.intoArray(y, yAt);
        s01.intoArray(y, yAt + LANES);
        s02.intoArray(y, yAt + 2 * LANES);
        s10.intoArray(y, yAt + PANEL);
        s11.intoArray(y, yAt + PANEL + LANES);
        s12.intoArray(y, yAt + PANEL + 2 * LANES);
        s20.intoArray(y, yAt + 2 * PANEL);
        s21.intoArray(y, yAt + 2 * PANEL + LANES);
        s22.intoArray(y, yAt + 2 * PANEL + 2 * LANES);
        s30.intoArray(y, yAt + 3 * PANEL);
        s31.intoArray(y, yAt + 3 * PANEL + LANES);
        s32.intoArray(y, yAt + 3 * PANEL + 2 * LANES);
    }

    private static void eight(float[] x, int xAt, int n, float[] w, int wAt, float[] y, int yAt) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, y, yAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, y, yAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, y, yAt + 2 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, y, yAt + PANEL);
        FloatVector s11 = FloatVector.fromArray(SPECIES, y, yAt + PANEL + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, y, yAt + PANEL + 2 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, y, yAt + 2 * PANEL);
        FloatVector s21 = FloatVector.fromArray(SPECIES, y, yAt + 2 * PANEL + LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, y, yAt + 2 * PANEL + 2 * LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, y, yAt + 3 * PANEL);
        FloatVector s31 = FloatVector.fromArray(SPECIES, y, yAt + 3 * PANEL + LANES);
        FloatVector s32 = FloatVector.fromArray(SPECIES, y, yAt + 3 * PANEL + 2 * LANES);
        FloatVector s40 = FloatVector.fromArray(SPECIES, y, yAt + 4 * PANEL);
        FloatVector s41 = FloatVector.fromArray(SPECIES, y, yAt + 4 * PANEL + LANES);
        FloatVector s42 = FloatVector.fromArray(SPECIES, y, yAt + 4 * PANEL + 2 * LANES);
        FloatVector s50 = FloatVector.fromArray(SPECIES, y, yAt + 5 * PANEL);
        FloatVector s51 = FloatVector.fromArray(SPECIES, y, yAt + 5 * PANEL + LANES);
        FloatVector s52 = FloatVector.fromArray(SPECIES, y, yAt + 5 * PANEL + 2 * LANES);
        FloatVector s60 = FloatVector.fromArray(SPECIES, y, yAt + 6 * PANEL);
        FloatVector s61 = FloatVector.fromArray(SPECIES, y, yAt + 6 * PANEL + LANES);
        FloatVector s62 = FloatVector.fromArray(SPECIES, y, yAt + 6 * PANEL + 2 * LANES);
        FloatVector s70 = FloatVector.fromArray(SPECIES, y, yAt + 7 * PANEL);
        FloatVector s71 = FloatVector.fromArray(SPECIES, y, yAt + 7 * PANEL + LANES);
        FloatVector s72 = FloatVector.fromArray(SPECIES, y, yAt + 7 * PANEL + 2 * LANES);
        for (int i = 0; i < n; i++) {
            int at = wAt + i * PANEL;
            int from = xAt + i * 8;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, at);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, at + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, at + 2 * LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, x[from]);
            s00 = v0.fma(w0, s00);
            s01 = v0.fma(w1, s01);
            s02 = v0.fma(w2, s02);
            FloatVector v1 = FloatVector.broadcast(SPECIES, x[from + 1]);
            s10 = v1.fma(w0, s10);
            s11 = v1.fma(w1, s11);
            s12 = v1.fma(w2, s12);
            FloatVector v2 = FloatVector.broadcast(SPECIES, x[from + 2]);
            s20 = v2.fma(w0, s20);
            s21 = v2.fma(w1, s21);
            s22 = v2.fma(w2, s22);
            FloatVector v3 = FloatVector.broadcast(SPECIES, x[from + 3]);
            s30 = v3.fma(w0, s30);
            s31 = v3.fma(w1, s31);
            s32 = v3.fma(w2, s32);
            FloatVector v4 = FloatVector.broadcast(SPECIES, x[from + 4]);
            s40 = v4.fma(w0, s40);
            s41 = v4.fma(w1, s41);
            s42 = v4.fma(w2, s42);
            FloatVector v5 = FloatVector.broadcast(SPECIES, x[from + 5]);
            s50 = v5.fma(w0, s50);
            s51 = v5.fma(w1, s51);
            s52 = v5.fma(w2, s52);
            FloatVector v6 = FloatVector.broadcast(SPECIES, x[from + 6]);
            s60 = v6.fma(w0, s60);
            s61 = v6.fma(w1, s61);
            s62 = v6.fma(w2, s62);
            FloatVector v7 = FloatVector.broadcast(SPECIES, x[from + 7]);
            s70 = v7.fma(w0, s70);
            s71 = v7.fma(w1, s71);
            s72 = v7.fma(w2, s72);
        }
        s00.intoArray(y, yAt);
        s01.intoArray(y, yAt + LANES);
        s02.intoArray(y, yAt + 2 * LANES);
        s10.intoArray(y, yAt + PANEL);
        s11.intoArray(y, yAt + PANEL + LANES);
        s12.intoArray(y, yAt + PANEL + 2 * LANES);
        s20.intoArray(y, yAt + 2 * PANEL);
        s21.intoArray(y, yAt + 2 * PANEL + LANES);
        s22.intoArray(y, yAt + 2 * PANEL + 2 * LANES);
        s30.intoArray(y, yAt + 3 * PANEL);
        s31.intoArray(y, yAt + 3 * PANEL + LANES);
        s32.intoArray(y, yAt + 3 * PANEL + 2 * LANES);
        s40.intoArray(y, yAt + 4 * PANEL);
        s41.intoArray(y, yAt + 4 * PANEL + LANES);
        s42.intoArray(y, yAt + 4 * PANEL + 2 * LANES);
        s50.intoArray(y, yAt + 5 * PANEL);
        s51.intoArray(y, yAt + 5 * PANEL + LANES);
        s52.intoArray(y, yAt + 5 * PANEL + 2 * LANES);
        s60.intoArray(y, yAt + 6 * PANEL);
        s61.intoArray(y, yAt + 6 * PANEL + LANES);
        s62.intoArray(y, yAt + 6 * PANEL + 2 * LANES);
        s70.intoArray(y, yAt + 7 * PANEL);
        s71.intoArray(y, yAt + 7 * PANEL + LANES);
        s72.intoArray(y, yAt + 7 * PANEL + 2 * LANES);
    }

    /** y = the sum of p[i] times the i-th row of v, the first n rows. */
    static void mix(float[] p, int n, float[] v, int vAt, int stride, float[] y, int yAt, int width) {
        int column = 0;
        for (; column + 4 * LANES <= width; column += 4 * LANES) {
            mixFour(p, n, v, vAt + column, stride, y, yAt + column);
        }
        for (; column + LANES <= width; column += LANES) {
            mixOne(p, n, v, vAt + column, stride, y, yAt + column);
        }
        ScalarKernels.sumOfRows(p, n, v, vAt + column, stride, y, yAt + column, width - column);
    }

    private static void mixFour(float[] p, int n, float[] v, int vAt, int stride, float[] y, int yAt) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        for (int i = 0, at = vAt; i < n; i++, at += stride) {
            FloatVector weight = FloatVector.broadcast(SPECIES, p[i]);
            s0 = weight.fma(FloatVector.fromArray(SPECIES, v, at), s0);
            s1 = weight.fma(FloatVector.fromArray(SPECIES, v, at + LANES), s1);
            s2 = weight.fma(FloatVector.fromArray(SPECIES, v, at + 2 * LANES), s2);
            s3 = weight.fma(FloatVector.fromArray(SPECIES, v, at + 3 * LANES), s3);
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + LANES);
        s2.intoArray(y, yAt + 2 * LANES);
        s3.intoArray(y, yAt + 3 * LANES);
    }

    private static void mixOne(float[] p, int n, float[] v, int vAt, int stride, float[] y, int yAt) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0, at = vAt; i < n; i++, at += stride) {
            sum = FloatVector.fromArray(SPECIES, v, at).fma(FloatVector.broadcast(SPECIES, p[i]), sum);
        }
        sum.intoArray(y, yAt);
    }

    /** to[i] = from[at + i], the first n values. */
    static void widen(byte[] from, int at, int n, float[] to) {
        int i = 0;
        for (; i + BYTES.length() <= n; i += LANES) {
            FloatVector floats =
                    (FloatVector) ByteVector.fromArray(BYTES, from, at + i).castShape(SPECIES, 0);
            floats.intoArray(to, i);
        }
        for (; i < n; i++) {
            to[i] = from[at + i];
        }
    }
}
