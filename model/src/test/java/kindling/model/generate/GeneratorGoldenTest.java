package kindling.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.checkpoint.CheckpointFolder;
import kindling.model.checkpoint.Golden;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.Precision;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.Test;

/** Ids, logits and scores of reference implementations, from their weights. */
class GeneratorGoldenTest {
    private static final float LOGIT_TOLERANCE = 5e-5f;

    @Test
    void greedyWritesTheReferenceIds() throws IOException {
        for (Path folder : Golden.cases("causal-lm/")) {
            JsonNode greedy = Golden.json(folder, "case.json").get("greedy");
            List<int[]> prompts = new ArrayList<>();
            greedy.forEach(golden -> prompts.add(Golden.ints(golden.get("prompt"))));
            int written = greedy.get(0).get("ids").size() - prompts.get(0).length;

            List<Completion> completions;
            try (Generator generator = new Generator(parameters(folder), 3)) {
                completions = generator.generate(
                        prompts, new long[prompts.size()], Decoding.greedy().withMaxNewTokens(written));
            }

            for (int i = 0; i < prompts.size(); i++) {
                assertThat(joined(prompts.get(i), completions.get(i)))
                        .as(folder + " prompt " + i)
                        .containsExactly(Golden.ints(greedy.get(i).get("ids")));
                assertThat(completions.get(i).stopped()).isFalse();
            }
        }
    }

    @Test
    void givesTheReferenceLogitsStepByStep() throws IOException {
        for (Path folder : Golden.cases("causal-lm/")) {
            JsonNode greedy = Golden.json(folder, "case.json").get("greedy");
            float[] expected = Golden.tensors(folder, "greedy_logits.safetensors")
                    .get("step_logits")
                    .values();
            JsonNode last = greedy.get(greedy.size() - 1);

            List<float[]> steps = logits(folder, Golden.ints(last.get("prompt")), Golden.ints(last.get("ids")));

            int vocabulary = config(folder).vocabularySize();
            for (int step = 0; step < steps.size(); step++) {
                assertThat(steps.get(step))
                        .containsExactly(
                                Arrays.copyOfRange(expected, step * vocabulary, (step + 1) * vocabulary),
                                within(LOGIT_TOLERANCE));
            }
        }
    }

    @Test
    void greedyWithProcessorsWritesTheReferenceIds() throws IOException {
        for (Path folder : Golden.cases("causal-lm/")) {
            for (JsonNode golden : Golden.json(folder, "case.json").path("greedy_processed")) {
                int[] prompt = Golden.ints(golden.get("prompt"));
                Decoding decoding = ScoreProcessorTest.decoding(golden.get("processors"))
                        .withMethod(Decoding.GREEDY)
                        .withMaxNewTokens(12)
                        .withEndId(golden.get("eos_token_id").asInt());

                Completion completion;
                try (Generator generator = new Generator(parameters(folder), 1)) {
                    completion = generator
                            .generate(List.of(prompt), new long[1], decoding)
                            .get(0);
                }

                expectIds(golden.get("ids"), prompt, completion, decoding.endId());
            }
        }
    }

    @Test
    void beamSearchFindsTheReferenceHypotheses() throws IOException {
        for (Path folder : Golden.cases("causal-lm/")) {
            for (JsonNode golden : Golden.json(folder, "case.json").path("beam")) {
                int[] prompt = Golden.ints(golden.get("prompt"));
                Decoding decoding = ScoreProcessorTest.decoding(golden.get("processors"))
                        .withMethod(Decoding.BEAM)
                        .withNumBeams(golden.get("num_beams").asInt())
                        .withLengthPenalty(golden.get("length_penalty").asDouble())
                        .withMaxNewTokens(golden.get("max_new_tokens").asInt())
                        .withEndId(golden.get("eos_token_id").asInt());

                List<BeamSearch.Hypothesis> ranked = beams(folder, prompt, decoding);
                Completion completion;
                try (Generator generator = new Generator(parameters(folder), 8)) {
                    completion = generator
                            .generate(List.of(prompt), new long[1], decoding)
                            .get(0);
                }

                JsonNode hypotheses = golden.get("hypotheses");
                assertThat(ranked).hasSize(hypotheses.size());
                for (int i = 0; i < ranked.size(); i++) {
                    BeamSearch.Hypothesis actual = ranked.get(i);
                    expectIds(
                            hypotheses.get(i).get("ids"),
                            prompt,
                            new Completion(actual.sequence().writtenIds(), actual.stopped(), actual.own()),
                            decoding.endId());
                    assertThat(actual.score())
                            .isEqualTo(hypotheses.get(i).get("score").asDouble(), within(2e-5));
                }
                expectIds(hypotheses.get(0).get("ids"), prompt, completion, decoding.endId());
            }
        }
    }

    /** The ids of a reference hold the end id. */
    private static void expectIds(JsonNode expected, int[] prompt, Completion completion, int endId) {
        int[] ids = Golden.ints(expected);
        boolean ends = ids[ids.length - 1] == endId;
        assertThat(completion.stopped()).isEqualTo(ends);
        assertThat(joined(prompt, completion)).containsExactly(Arrays.copyOf(ids, ends ? ids.length - 1 : ids.length));
    }

    private static List<BeamSearch.Hypothesis> beams(Path folder, int[] prompt, Decoding decoding) throws IOException {
        RowKernels kernels = RowKernels.create();
        TransformerConfig config = config(folder);
        int length = prompt.length + decoding.maxNewTokens();
        KeyValueCache cache = new KeyValueCache(config, decoding.numBeams() + 1, length);
        try (Decoder decoder = new Decoder(parameters(folder), kernels)) {
            Scores scores = new Scores(decoding, Guide.FREE, config.vocabularySize(), kernels);
            BeamSearch search = new BeamSearch(new Sequence(prompt, decoding.maxNewTokens()), decoding, scores);
            Table table = new Table(decoder, cache, 1, decoding.numBeams());
            table.admit(0, search);
            while (!table.isEmpty()) {
                table.step((index, over) -> assertThat(over).isSameAs(search));
            }
            return search.ranked();
        }
    }

    @Test
    void continuesPublishedModelsForHundredsOfIds() throws IOException {
        for (Path folder : Golden.models()) {
            if (Golden.json(folder, "golden.json").has("greedy_ids")) {
                expectGreedyIds(folder);
            }
        }
    }

    private static void expectGreedyIds(Path folder) throws IOException {
        JsonNode golden = Golden.json(folder, "golden.json");
        int[] prompt = Golden.ints(golden.get("prompt_ids"));
        int[] expected = Golden.ints(golden.get("greedy_ids"));

        List<Completion> completions;
        try (Generator generator = new Generator(parameters(folder), 2)) {
            completions = generator.generate(
                    List.of(prompt), new long[1], Decoding.greedy().withMaxNewTokens(expected.length - prompt.length));
        }

        assertThat(joined(prompt, completions.get(0))).containsExactly(expected);
        List<float[]> steps = logits(folder, prompt, expected);
        golden.get("top5_logits_even_steps").properties().forEach(step -> {
            int index = Integer.parseInt(step.getKey());
            if (index < steps.size()) {
                step.getValue()
                        .forEach(pair -> assertThat(steps.get(index)[pair.get(0).asInt()])
                                .isEqualTo((float) pair.get(1).asDouble(), within(0.002f)));
            }
        });
    }

    @Test
    void givesTheLogitsOfPublishedModels() throws IOException {
        for (Path folder : Golden.models()) {
            if (Golden.json(folder, "golden.json").has("full_last_logits_fp32")) {
                expectLastLogits(folder);
            }
        }
    }

    private static void expectLastLogits(Path folder) throws IOException {
        JsonNode golden = Golden.json(folder, "golden.json");
        JsonNode full = golden.get("full_last_logits_fp32");
        int[] ids = Golden.ints(full.get("input_ids"));

        float[] logits = logits(folder, ids, Arrays.copyOf(ids, ids.length + 1)).get(0);

        float[] expected = new float[logits.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) full.get("values").get(i).asDouble();
        }
        assertThat(logits).containsExactly(expected, within(1e-5f));
        for (JsonNode greedy : golden.path("greedy_max_length_10")) {
            int[] written = Golden.ints(greedy);
            int[] prompt = Arrays.copyOf(written, 4);
            try (Generator generator = new Generator(parameters(folder), 2)) {
                Completion completion = generator
                        .generate(
                                List.of(prompt), new long[1], Decoding.greedy().withMaxNewTokens(6))
                        .get(0);
                assertThat(joined(prompt, completion)).containsExactly(written);
            }
        }
    }

    /** The logits after the prompt and after each id that follows but the last, fed one by one. */
    private static List<float[]> logits(Path folder, int[] prompt, int[] ids) throws IOException {
        TransformerConfig config = config(folder);
        List<float[]> steps = new ArrayList<>();
        KeyValueCache cache = new KeyValueCache(config, 1, ids.length);
        try (Decoder decoder = new Decoder(parameters(folder), RowKernels.create())) {
            Sequence sequence = new Sequence(prompt, ids.length - prompt.length);
            decoder.read(cache, List.of(new Decoder.Part(0, sequence, 0, prompt.length - 1)));
            for (int i = prompt.length; i < ids.length; i++) {
                float[][] logits = new float[1][config.vocabularySize()];
                decoder.step(cache, new int[] {0}, new Sequence[] {sequence}, logits);
                steps.add(logits[0]);
                sequence.add(ids[i]);
            }
        }
        return steps;
    }

    private static int[] joined(int[] prompt, Completion completion) {
        int[] ids = Arrays.copyOf(prompt, prompt.length + completion.ids().length);
        System.arraycopy(completion.ids(), 0, ids, prompt.length, completion.ids().length);
        return ids;
    }

    private static TransformerConfig config(Path folder) throws IOException {
        return TransformerConfig.fromJson(Files.readString(folder.resolve("config.json")));
    }

    private static PackedParameters parameters(Path folder) throws IOException {
        TransformerConfig config = config(folder);
        return new PackedParameters(
                config, Checkpoint.readModel(CheckpointFolder.of(folder), config), Precision.FLOAT32);
    }
}
