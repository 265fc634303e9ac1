package kindling.model.train;

/** Newton's and Schulz's steps as they are written down, in double precision. */
final class Orthogonal {

    private Orthogonal() {}

    static double[][] of(float[] values, int rows, int columns, int iterations) {
        double[][] x = new double[rows][columns];
        double squares = 0;
        for (int i = 0; i < rows * columns; i++) {
            squares += (double) values[i] * values[i];
        }
        for (int i = 0; i < rows * columns; i++) {
            x[i / columns][i % columns] = values[i] / (Math.sqrt(squares) + 1e-7);
        }
        boolean tall = rows > columns;
        x = tall ? transposed(x) : x;
        for (int i = 0; i < iterations; i++) {
            double[][] a = product(x, transposed(x));
            double[][] b = sum(-4.7750, a, 2.0315, product(a, a));
            x = sum(3.4445, x, 1, product(b, x));
        }
        return tall ? transposed(x) : x;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] sum(double x, double[][] a, double y, double[][] b) {
        double[][] c = new double[a.length][a[0].length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < c[0].length; j++) {
                c[i][j] = x * a[i][j] + y * b[i][j];
            }
        }
        return c;
    }

    private static double[][] transposed(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }
}
