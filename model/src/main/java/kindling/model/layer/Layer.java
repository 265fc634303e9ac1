package kindling.model.layer;

import java.util.Optional;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.Panels;
import kindling.model.tensor.RowKernels;

/**
 * One transformer layer: x += attention(norm(x)), then x += mlp(norm(x)).
 *
 * <p>N tokens, C width: x (N, C).
 */
final class Layer {

    private final int index;
    private final Norm attentionNorm;
    private final Linear qkv;
    private final Optional<HeadNorm> headNorm;
    private final Optional<Rotary> rotary;
    private final Linear attentionOutput;
    private final Norm mlpNorm;
    private final Linear mlpInput;
    private final Activation activation;
    private final Linear mlpOutput;
    private final Dropout dropout;
    private final Activations saved;
    private final Matrix output;

    /**
     * @param saved what forward leaves for backward
     * @param output (N, C), the residual stream after this layer
     * @param ones (N), filled before the first backward
     * @param panels what multiplies with packed weights, where they are
     */
    Layer(
            int index,
            TransformerConfig config,
            Parameters parameters,
            Arena arena,
            int maxTokens,
            RowKernels kernels,
            Optional<Rotary> rotary,
            Dropout dropout,
            Activations saved,
            Matrix output,
            Matrix ones,
            Optional<Panels> panels) {
        this.index = index;
        this.attentionNorm = Norm.of(config, parameters, Layout.attention(index, "norm"), arena, maxTokens, kernels);
        this.qkv = new Linear(parameters, Layout.attention(index, "qkv"), kernels, ones, panels);
        this.headNorm = HeadNorm.of(config, parameters, index, kernels);
        this.rotary = rotary;
        this.dropout = dropout;
        this.attentionOutput = new Linear(parameters, Layout.attention(index, "output"), kernels, ones, panels);
        this.mlpNorm = Norm.of(config, parameters, Layout.mlp(index, "norm"), arena, maxTokens, kernels);
        this.mlpInput = new Linear(parameters, Layout.mlp(index, "input"), kernels, ones, panels);
        this.activation = new Activation(config, kernels);
        this.mlpOutput = new Linear(parameters, Layout.mlp(index, "output"), kernels, ones, panels);
        this.saved = saved;
        this.output = output;
    }

    void forward(Matrix x, int[] positions, int tokens, Mixing mixing) {
        inside(x, positions, tokens, mixing);
        // (N, F) -> (N, C)
        addBranch(mlpOutput, saved.activated(), saved.middle(), output, Dropout.mlpOutput(index), tokens);
    }

    /** All that backward needs: forward without the last projection, which only the next layer reads. */
    void inside(Matrix x, int[] positions, int tokens, Mixing mixing) {
        attentionNorm.forward(x, saved.normed(), tokens);
        qkv.forward(saved.normed(), saved.qkv(), tokens); // (N, C) -> (N, (H + 2K) D)
        if (headNorm.isPresent()) {
            headNorm.get().forward(saved.qkv(), saved.raw().get(), tokens);
        }
        if (rotary.isPresent()) {
            rotary.get().forward(saved.qkv(), positions, tokens);
        }
        mixing.mix(index, saved.qkv(), saved.mixed(), tokens); // -> (N, H D)
        // (N, H D) -> (N, C)
        addBranch(attentionOutput, saved.mixed(), x, saved.middle(), Dropout.attentionOutput(index), tokens);
        mlpNorm.forward(saved.middle(), saved.mlpNormed(), tokens);
        mlpInput.forward(saved.mlpNormed(), saved.inner(), tokens); // -> (N, F) or (N, 2F)
        activation.forward(saved.inner(), saved.activated(), tokens); // -> (N, F)
    }

    /** to = x + projection of {@code from}, some of which is dropped. */
    private void addBranch(Linear projection, Matrix from, Matrix x, Matrix to, int site, int tokens) {
        if (dropout.isOn()) {
            projection.forward(from, to, tokens);
            dropout.addTo(x, to, site, tokens);
        } else {
            projection.addTo(x, from, to, tokens);
        }
    }

    /** The gradient of what a branch adds, from that of the sum. */
    private Matrix branchGradient(Matrix dx, Matrix scratch, int site, int tokens) {
        if (!dropout.isOn()) {
            return dx;
        }
        dropout.apply(dx, scratch, site, tokens);
        return scratch;
    }

    /** Turns dx, the gradient of this layer's output, into that of its input x. */
    void backward(Matrix x, Matrix dx, int[] positions, int tokens, SelfAttention attention, Activations scratch) {
        Matrix dMlp = branchGradient(dx, scratch.mlpNormed(), Dropout.mlpOutput(index), tokens);
        mlpOutput.backward(saved.activated(), dMlp, scratch.activated(), tokens); // (N, C) -> (N, F)
        activation.backward(saved.inner(), scratch.activated(), scratch.inner(), tokens); // -> (N, F) or (N, 2F)
        mlpInput.backward(saved.mlpNormed(), scratch.inner(), scratch.mlpNormed(), tokens); // -> (N, C)
        mlpNorm.backward(saved.middle(), scratch.mlpNormed(), dx, tokens);
        Matrix dAttention = branchGradient(dx, scratch.normed(), Dropout.attentionOutput(index), tokens);
        attentionOutput.backward(saved.mixed(), dAttention, scratch.mixed(), tokens); // (N, C) -> (N, H D)
        attention.backward(index, saved.qkv(), scratch.mixed(), scratch.qkv()); // -> (N, (H + 2K) D)
        if (rotary.isPresent()) {
            rotary.get().backward(scratch.qkv(), positions, tokens);
        }
        if (headNorm.isPresent()) {
            headNorm.get().backward(saved.raw().get(), scratch.qkv(), tokens);
        }
        qkv.backward(saved.normed(), scratch.qkv(), scratch.normed(), tokens); // -> (N, C)
        attentionNorm.backward(x, scratch.normed(), dx, tokens);
    }
}
