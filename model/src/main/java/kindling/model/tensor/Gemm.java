package kindling.model.tensor;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sdot;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Products of row-major matrices: C = alpha op(A) op(B) + beta C, by OpenBLAS on raw memory.
 *
 * <p>m and n are the rows and columns of C, k is the dimension summed over. Operands are a matrix, for its memory and
 * the distance of its rows, and the place of their first element in it ({@link Matrix#at}): a head of an attention is a
 * product on parts of rows, without a copy. 92 to 102 GFLOP/s on one core of an AMD EPYC Zen 4.
 *
 * <p>OpenBLAS runs on the calling thread: one replica, one thread. Threads may call at the same time.
 */
public final class Gemm {

    private Gemm() {}

    /**
     * Keeps OpenBLAS to the calling thread. Called by whoever plans memory for products, and not once per class: other
     * libraries in the same JVM, ND4J among them, set the number of threads when they start.
     */
    public static void oneThread() {
        blas_set_num_threads(1);
    }

    /** C (m, n) = alpha A (m, k) B (k, n) + beta C. */
    public static void nn(
            int m, int n, int k, float alpha, Matrix a, long aAt, Matrix b, long bAt, float beta, Matrix c, long cAt) {
        multiply(CblasNoTrans, CblasNoTrans, m, n, k, alpha, a, aAt, b, bAt, beta, c, cAt);
    }

    /** C (m, n) = alpha A (m, k) B^T + beta C, with B (n, k). */
    public static void nt(
            int m, int n, int k, float alpha, Matrix a, long aAt, Matrix b, long bAt, float beta, Matrix c, long cAt) {
        multiply(CblasNoTrans, CblasTrans, m, n, k, alpha, a, aAt, b, bAt, beta, c, cAt);
    }

    /** C (m, n) = alpha A^T B + beta C, with A (k, m) and B (k, n). */
    public static void tn(
            int m, int n, int k, float alpha, Matrix a, long aAt, Matrix b, long bAt, float beta, Matrix c, long cAt) {
        multiply(CblasTrans, CblasNoTrans, m, n, k, alpha, a, aAt, b, bAt, beta, c, cAt);
    }

    /** y (n) += the sum of the m rows of A (m, n), as the product of A^T with m ones. */
    public static void addRows(int m, int n, Matrix a, Matrix ones, Matrix y) {
        cblas_sgemv(
                CblasRowMajor,
                CblasTrans,
                m,
                n,
                1,
                a.arena().left(a.at(0, 0)),
                a.columns(),
                ones.arena().right(ones.at(0, 0)),
                1,
                1,
                y.arena().result(y.at(0, 0)),
                1);
    }

    /** The sum of the squares of the first n values. */
    static float square(int n, Matrix x) {
        FloatPointer values = x.arena().left(x.at(0, 0));
        return cblas_sdot(n, values, 1, values, 1);
    }

    private static void multiply(
            int transA,
            int transB,
            int m,
            int n,
            int k,
            float alpha,
            Matrix a,
            long aAt,
            Matrix b,
            long bAt,
            float beta,
            Matrix c,
            long cAt) {
        cblas_sgemm(
                CblasRowMajor,
                transA,
                transB,
                m,
                n,
                k,
                alpha,
                a.arena().left(aAt),
                a.columns(),
                b.arena().right(bAt),
                b.columns(),
                beta,
                c.arena().result(cAt),
                c.columns());
    }
}
