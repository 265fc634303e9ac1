package kindling.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.Layout;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.SafeTensors.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    @Test
    void readsAndWritesTheTensorsOfReferenceModels() throws IOException {
        for (Path folder : Golden.cases("causal-lm/")) {
            expectRoundTrip(folder);
        }
    }

    @Test
    void readsAndWritesPublishedModels() throws IOException {
        for (Path folder : Golden.models()) {
            expectRoundTrip(folder);
        }
    }

    private static void expectRoundTrip(Path folder) throws IOException {
        TransformerConfig config = TransformerConfig.fromJson(Files.readString(folder.resolve("config.json")));
        byte[] original = Files.readAllBytes(folder.resolve("model.safetensors"));

        float[] theta = Checkpoint.readModel(new ByteArrayInputStream(original), config);
        byte[] written = written(config, theta);
        assertThat(Checkpoint.readModel(CheckpointFolder.of(folder), config)).isEqualTo(theta);

        Map<String, Tensor> expected = withoutPrefix(SafeTensors.read(new ByteArrayInputStream(original)));
        Map<String, Tensor> actual = withoutPrefix(SafeTensors.read(new ByteArrayInputStream(written)));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, tensor) -> {
            assertThat(actual.get(name).shape()).as(name).containsExactly(tensor.shape());
            assertThat(actual.get(name).values()).as(name).isEqualTo(tensor.values());
        });
        assertThat(Checkpoint.readModel(new ByteArrayInputStream(written), config))
                .isEqualTo(theta);
    }

    private static Map<String, Tensor> withoutPrefix(Map<String, Tensor> tensors) {
        Map<String, Tensor> bare = new TreeMap<>();
        tensors.forEach((name, tensor) -> bare.put(name.replaceFirst("^transformer\\.", ""), tensor));
        return bare;
    }

    @Test
    void transposesTheConv1dWeightsOfGpt2() throws IOException {
        TransformerConfig config = small("gpt2", true, true);
        float[] theta = numbered(config);

        Map<String, Tensor> tensors = SafeTensors.read(new ByteArrayInputStream(written(config, theta)));

        int width = config.width();
        Tensor attention = tensors.get("transformer.h.0.attn.c_attn.weight");
        int first = offset(config, "layers.0.attention.qkv.weight");
        assertThat(attention.shape()).containsExactly(width, 3L * width);
        assertThat(attention.values()[1]).isEqualTo(theta[first + width]); // [in 0, out 1]
        assertThat(attention.values()[3 * width]).isEqualTo(theta[first + 1]); // [in 1, out 0]
    }

    @Test
    void splitsTheJoinedRowsOfLlama() throws IOException {
        TransformerConfig config = small("llama", true, false);
        float[] theta = numbered(config);

        Map<String, Tensor> tensors = SafeTensors.read(new ByteArrayInputStream(written(config, theta)));

        int up = offset(config, "layers.1.mlp.input.weight") + config.hidden() * config.width();
        assertThat(tensors.get("model.layers.1.mlp.up_proj.weight").values()[0]).isEqualTo(theta[up]);
        int keys = offset(config, "layers.1.attention.qkv.bias") + config.queryWidth();
        assertThat(tensors.get("model.layers.1.self_attn.k_proj.bias").values())
                .containsExactly(theta[keys], theta[keys + 1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama"})
    void givesTheSameBytesAfterARoundTrip(String family) throws IOException {
        for (boolean biases : new boolean[] {false, true}) {
            for (boolean tied : new boolean[] {false, true}) {
                TransformerConfig config = small(family, biases, tied);
                byte[] file = written(config, numbered(config));

                float[] theta = Checkpoint.readModel(new ByteArrayInputStream(file), config);

                assertThat(theta).isEqualTo(numbered(config));
                assertThat(written(config, theta)).isEqualTo(file);
            }
        }
    }

    @Test
    void listsEveryTensorThatDoesNotFit() throws IOException {
        TransformerConfig config = small("gpt2", true, true);
        Map<String, Tensor> tensors = tensors(config);
        tensors.remove("transformer.ln_f.weight");
        tensors.put("transformer.ln_f.bias", Tensor.of(1, 2));
        tensors.put("adapter", Tensor.of(1));
        tensors.put("wte.weight", tensors.get("transformer.wte.weight"));

        assertThatThrownBy(() -> Checkpoint.readModel(file(tensors), config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing transformer.ln_f.weight [6]")
                .hasMessageContaining("transformer.ln_f.bias has shape [2], expected [6]")
                .hasMessageContaining("unknown adapter [1]")
                .hasMessageContaining("twice wte.weight");
    }

    @Test
    void refusesAModelOfAnotherFamily() throws IOException {
        Map<String, Tensor> tensors = tensors(small("llama", false, true));

        assertThatThrownBy(() -> Checkpoint.readModel(file(tensors), small("gpt2", true, true)))
                .hasMessageContaining("missing transformer.wpe.weight")
                .hasMessageContaining("unknown model.embed_tokens.weight");
    }

    @Test
    void passesOverTheMasksOfOlderVersions() throws IOException {
        TransformerConfig config = small("gpt2", true, true);
        Map<String, Tensor> tensors = tensors(config);
        tensors.put("transformer.h.0.attn.bias", new Tensor(new long[] {1, 1, 2, 2}, new float[] {1, 0, 1, 1}));
        tensors.put("transformer.h.1.attn.masked_bias", new Tensor(new long[0], new float[] {-1e4f}));

        assertThat(Checkpoint.readModel(file(tensors), config)).isEqualTo(numbered(config));
    }

    @Test
    void acceptsTheCopyOfATiedHeadOnlyWhenItIsOne() throws IOException {
        TransformerConfig config = small("gpt2", true, true);
        Map<String, Tensor> tensors = tensors(config);
        Tensor embedding = tensors.get("transformer.wte.weight");
        tensors.put("lm_head.weight", embedding);

        assertThat(Checkpoint.readModel(file(tensors), config)).isEqualTo(numbered(config));

        tensors.put("lm_head.weight", new Tensor(embedding.shape(), new float[embedding.values().length]));
        assertThatThrownBy(() -> Checkpoint.readModel(file(tensors), config))
                .hasMessageContaining("set tie_word_embeddings to false");
    }

    @Test
    void refusesParametersOfAnotherShape() {
        TransformerConfig config = small("gpt2", true, true);

        assertThatThrownBy(() -> Checkpoint.writeModel(new ByteArrayOutputStream(), config, new float[3]))
                .hasMessage("a model of this shape has " + config.parameterCount() + " parameters, got 3");
    }

    @Test
    void keepsNamedArraysInOneOrder() throws IOException {
        Map<String, float[]> arrays = new HashMap<>();
        arrays.put("second", new float[] {3});
        arrays.put("first", new float[] {1, 2});
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Checkpoint.writeTensors(out, arrays);
        Map<String, float[]> read = Checkpoint.readTensors(new ByteArrayInputStream(out.toByteArray()));

        assertThat(List.copyOf(read.keySet())).containsExactly("first", "second");
        assertThat(read.get("first")).containsExactly(1, 2);
        assertThat(read.get("second")).containsExactly(3);
    }

    /** Two layers, width 6, three heads; one key/value head for llama. */
    /** As some tools save a tied model; with values that compare unequal to themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama"})
    void copyOfATiedHeadStandsForTheEmbedding(String family) throws IOException {
        TransformerConfig config = small(family, true, true);
        float[] theta = numbered(config);
        theta[5] = Float.NaN;
        Map<String, Tensor> tensors = SafeTensors.read(new ByteArrayInputStream(written(config, theta)));
        String embedding = family.equals("gpt2") ? "transformer.wte.weight" : "model.embed_tokens.weight";
        Tensor values = tensors.get(embedding);
        tensors.put("lm_head.weight", values);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        SafeTensors.write(both, tensors, Map.of());
        tensors.remove(embedding);
        ByteArrayOutputStream alone = new ByteArrayOutputStream();
        SafeTensors.write(alone, tensors, Map.of());

        assertThat(Checkpoint.readModel(new ByteArrayInputStream(both.toByteArray()), config))
                .isEqualTo(theta);
        assertThat(Checkpoint.readModel(new ByteArrayInputStream(alone.toByteArray()), config))
                .isEqualTo(theta);
    }

    private static TransformerConfig small(String family, boolean biases, boolean tied) {
        if (family.equals("gpt2")) {
            return Shapes.gpt2(11, 5, 2, 3, 6, 10, biases).toBuilder()
                    .tiedHead(tied)
                    .build();
        }
        return Shapes.untied(Shapes.llama(11, 5, 2, 3, 1, 2, 6, 10), 1e4, biases).toBuilder()
                .tiedHead(tied)
                .build();
    }

    private static int offset(TransformerConfig config, String name) {
        return (int) Layout.of(config).get(name).offset();
    }

    private static float[] numbered(TransformerConfig config) {
        float[] theta = new float[(int) config.parameterCount()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = i;
        }
        return theta;
    }

    private static Map<String, Tensor> tensors(TransformerConfig config) throws IOException {
        return new LinkedHashMap<>(SafeTensors.read(new ByteArrayInputStream(written(config, numbered(config)))));
    }

    private static ByteArrayInputStream file(Map<String, Tensor> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, tensors, Map.of());
        return new ByteArrayInputStream(out.toByteArray());
    }

    private static byte[] written(TransformerConfig config, float[] theta) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Checkpoint.writeModel(out, config, theta);
        return out.toByteArray();
    }
}
