package kindling.model;

import java.util.Arrays;

/**
 * The obvious transformer: one number at a time, in double precision, straight from the formulas. What the fast one is
 * tested against, for every choice that a {@link TransformerConfig} has.
 *
 * <p>T positions, C width, D head width: x (T, C).
 */
public final class SlowTransformer {

    /** Which keys a query of one sequence sees. */
    public interface Sight {
        boolean sees(int query, int key);
    }

    private final TransformerConfig config;
    private final Layout layout;
    private final double[] theta;

    /** A network with these parameters, in the order of {@link Layout}. */
    public SlowTransformer(TransformerConfig config, double[] theta) {
        this.config = config;
        this.layout = Layout.of(config);
        this.theta = theta;
    }

    /** Mean of -ln p(target) over the targets that are not {@link Batch#IGNORED}. */
    public double loss(int[] ids, int[] places, int[] targets, Sight sight) {
        double[][] logits = logits(ids, places, sight);
        double sum = 0;
        int count = 0;
        for (int t = 0; t < ids.length; t++) {
            if (targets[t] != Batch.IGNORED) {
                double all = Arrays.stream(logits[t]).map(Math::exp).sum();
                sum += Math.log(all) - logits[t][targets[t]];
                count++;
            }
        }
        return sum / count;
    }

    /** Logits (T, V) of one sequence. */
    public double[][] logits(int[] ids, int[] places, Sight sight) {
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            x[t] = row(Layout.TOKEN_EMBEDDING, ids[t]);
            if (config.positions() instanceof Positions.Learned) {
                add(x[t], row(Layout.POSITION_EMBEDDING, places[t]));
            }
        }
        for (int i = 0; i < config.layers(); i++) {
            attend(x, i, places, sight);
            for (double[] row : x) {
                add(row, feedForward(norm(row, Layout.mlp(i, "norm")), i));
            }
        }
        String head = config.tiedHead() ? Layout.TOKEN_EMBEDDING : Layout.HEAD;
        return Arrays.stream(x)
                .map(row -> capped(project(norm(row, Layout.FINAL_NORM), head)))
                .toArray(double[][]::new);
    }

    private double[] capped(double[] logits) {
        double cap = config.logitSoftCap();
        return cap == 0
                ? logits
                : Arrays.stream(logits).map(x -> cap * Math.tanh(x / cap)).toArray();
    }

    private void attend(double[][] x, int layer, int[] places, Sight sight) {
        double[][] qkv = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] normed = norm(x[t], Layout.attention(layer, "norm"));
            qkv[t] = linear(normed, Layout.attention(layer, "qkv"));
            turn(qkv[t], layer, places[t]);
        }
        for (int t = 0; t < x.length; t++) {
            add(x[t], linear(mixed(qkv, t, sight), Layout.attention(layer, "output")));
        }
    }

    private void turn(double[] qkv, int layer, int place) {
        int d = config.headDim();
        for (int h = 0; h < config.heads() + config.keyValueHeads(); h++) {
            if (config.queryKeyNorm()) {
                String part = h < config.heads() ? Layout.QUERY_NORM : Layout.KEY_NORM;
                double[] weight = row(Layout.weight(Layout.attention(layer, part)), 0);
                double root = 0;
                for (int i = h * d; i < (h + 1) * d; i++) {
                    root += qkv[i] * qkv[i] / d;
                }
                for (int i = 0; i < d; i++) {
                    qkv[h * d + i] *= weight[i] / Math.sqrt(root + config.normEpsilon());
                }
            }
            if (config.positions() instanceof Positions.Rotary rotary) {
                for (int i = 0; i < d / 2; i++) {
                    double angle = place * rotary.frequency(i, d);
                    double a = qkv[h * d + i];
                    double b = qkv[h * d + d / 2 + i];
                    qkv[h * d + i] = a * Math.cos(angle) - b * Math.sin(angle);
                    qkv[h * d + d / 2 + i] = b * Math.cos(angle) + a * Math.sin(angle);
                }
            }
        }
    }

    private double[] mixed(double[][] qkv, int query, Sight sight) {
        int d = config.headDim();
        int keys = config.queryWidth();
        int values = keys + config.keyValueWidth();
        double[] mixed = new double[config.queryWidth()];
        for (int h = 0; h < config.heads(); h++) {
            int kv = h / (config.heads() / config.keyValueHeads()) * d;
            double sum = 0;
            double[] out = new double[d];
            for (int key = 0; key < qkv.length; key++) {
                if (sight.sees(query, key)) {
                    double score = 0;
                    for (int i = 0; i < d; i++) {
                        score += qkv[query][h * d + i] * qkv[key][keys + kv + i] / Math.sqrt(d);
                    }
                    sum += Math.exp(score);
                    for (int i = 0; i < d; i++) {
                        out[i] += Math.exp(score) * qkv[key][values + kv + i];
                    }
                }
            }
            for (int i = 0; i < d; i++) {
                mixed[h * d + i] = sum == 0 ? 0 : out[i] / sum;
            }
        }
        return mixed;
    }

    private double[] feedForward(double[] x, int layer) {
        double[] inner = linear(x, Layout.mlp(layer, "input"));
        double[] activated = new double[config.hidden()];
        for (int i = 0; i < activated.length; i++) {
            activated[i] = function(inner[i]) * (config.gated() ? inner[config.hidden() + i] : 1);
        }
        return linear(activated, Layout.mlp(layer, "output"));
    }

    private double function(double x) {
        return switch (config.nonlinearity()) {
            case GELU_TANH -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case GELU_ERF -> x * normal(x);
            case RELU_SQUARED -> x > 0 ? x * x : 0;
            case SILU -> x / (1 + Math.exp(-x));
        };
    }

    /** Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...), which converges for every x (Marsaglia, 2004). */
    private static double normal(double x) {
        double term = x;
        double sum = x;
        for (int i = 3; Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private double[] norm(double[] x, String name) {
        double mean = config.normalization() == Normalization.LAYER
                ? Arrays.stream(x).average().orElse(0)
                : 0;
        double square =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElse(0);
        double[] weight = row(Layout.weight(name), 0);
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(square + config.normEpsilon()) * weight[i];
        }
        if (layout.has(Layout.bias(name))) {
            add(y, row(Layout.bias(name), 0));
        }
        return y;
    }

    private double[] linear(double[] x, String name) {
        double[] y = project(x, Layout.weight(name));
        if (layout.has(Layout.bias(name))) {
            add(y, row(Layout.bias(name), 0));
        }
        return y;
    }

    private double[] project(double[] x, String name) {
        double[] y = new double[layout.get(name).shape().get(0)];
        for (int o = 0; o < y.length; o++) {
            double[] weight = row(name, o);
            for (int i = 0; i < x.length; i++) {
                y[o] += weight[i] * x[i];
            }
        }
        return y;
    }

    private double[] row(String name, int row) {
        Layout.Parameter parameter = layout.get(name);
        int from = (int) parameter.offset() + row * parameter.columns();
        return Arrays.copyOfRange(theta, from, from + parameter.columns());
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
