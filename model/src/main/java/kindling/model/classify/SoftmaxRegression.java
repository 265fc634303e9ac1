package kindling.model.classify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleConsumer;
import kindling.model.tensor.Gemm;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A linear classifier of sparse examples, {@code p = softmax(bias + x W)}, trained with DL4J by Adam on the
 * cross-entropy.
 *
 * <p>Weights start at zero, examples come in an order that follows from the seed, and products run on one thread: the
 * same examples in the same order give the same bits. DL4J computes on dense rows, so a step costs in proportion to
 * batch size x features, whatever the length of the examples: 32 x 65,536 take 12 ms on one core of an AMD EPYC Zen 4.
 */
public final class SoftmaxRegression implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final Training training;
    private final Minibatch minibatch;

    private SoftmaxRegression(MultiLayerNetwork network, Training training, Minibatch minibatch) {
        this.network = network;
        this.training = training;
        this.minibatch = minibatch;
    }

    /**
     * Trains for all epochs, with a learning rate that falls in a straight line to 0.
     *
     * @param features columns that ids of examples refer to (F)
     * @param labels number of classes (L)
     * @param loss told the mean loss of each epoch, nats an example, when it ends
     * @throws ArithmeticException when the weights grow beyond all bounds
     */
    public static SoftmaxRegression train(
            List<Example> examples, int features, int labels, Training training, DoubleConsumer loss) {
        int steps = training.epochs() * ((examples.size() + training.batchSize() - 1) / training.batchSize());
        MultiLayerNetwork network = new MultiLayerNetwork(shape(features, labels, training.learningRate(), steps));
        network.init();
        Gemm.oneThread();
        Nd4j.getEnvironment().setMaxThreads(1); // its threads wait for each other longer than they work here
        Minibatch minibatch = new Minibatch(training.batchSize(), features, labels);
        SoftmaxRegression model = new SoftmaxRegression(network, training, minibatch);
        Random random = new Random(training.seed()); // the platform promises its numbers
        List<Example> order = new ArrayList<>(examples);
        for (int epoch = 0; epoch < training.epochs(); epoch++) {
            Collections.shuffle(order, random);
            double mean = model.epoch(order) / order.size();
            if (!Double.isFinite(mean)) {
                model.close();
                throw new ArithmeticException(
                        "the loss is no longer a number: lower the learning rate, which is " + training.learningRate());
            }
            loss.accept(mean);
        }
        return model;
    }

    private static MultiLayerConfiguration shape(int features, int labels, double learningRate, int steps) {
        return new NeuralNetConfiguration.Builder()
                .updater(new Adam(new PolySchedule(ScheduleType.ITERATION, learningRate, 1, steps)))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(features)
                        .nOut(labels)
                        .activation(Activation.SOFTMAX)
                        .weightInit(WeightInit.ZERO)
                        .build())
                .build();
    }

    /** One pass; the sum of the losses. */
    private double epoch(List<Example> order) {
        double sum = 0;
        for (List<Example> batch : batches(order)) {
            DataSet data = minibatch.of(batch);
            network.fit(data.getFeatures(), data.getLabels());
            sum += network.score() * batch.size();
        }
        return sum;
    }

    /** How the predictions for examples that were not trained on agree with their labels. */
    public Quality quality(List<Example> examples) {
        int labels = bias().length;
        Evaluation evaluation = new Evaluation(labels);
        for (List<Example> batch : batches(examples)) {
            DataSet data = minibatch.of(batch);
            evaluation.eval(data.getLabels(), network.output(data.getFeatures()));
        }
        return Quality.of(evaluation, labels);
    }

    /** The probabilities of all labels, for each example. */
    public List<float[]> probabilities(List<Example> examples) {
        List<float[]> rows = new ArrayList<>();
        for (List<Example> batch : batches(examples)) {
            INDArray output = network.output(minibatch.of(batch).getFeatures()); // (B, F) -> (B, L)
            rows.addAll(List.of(output.toFloatMatrix()));
        }
        return rows;
    }

    private List<List<Example>> batches(List<Example> examples) {
        List<List<Example>> batches = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += training.batchSize()) {
            batches.add(examples.subList(from, Math.min(examples.size(), from + training.batchSize())));
        }
        return batches;
    }

    /** W (F, L), row-major. */
    public float[] weights() {
        return network.getParam("0_W").dup('c').data().asFloat();
    }

    /** (L). */
    public float[] bias() {
        return network.getParam("0_b").dup('c').data().asFloat();
    }

    /** Frees the memory, which lies off the heap. */
    @Override
    public void close() {
        minibatch.close();
        network.close();
    }
}
