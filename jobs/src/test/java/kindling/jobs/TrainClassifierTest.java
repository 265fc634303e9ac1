package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.infer.TinyTokenizer;
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedClassifier;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.checkpoint.SafeTensors;
import kindling.model.classify.Example;
import kindling.model.classify.SoftmaxRegression;
import kindling.model.classify.Training;
import kindling.model.train.Weights;
import kindling.prep.classify.Bag;
import kindling.prep.classify.Classifier;
import kindling.prep.classify.WordHashing;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two kinds of text that share half of their words: a classifier is trained on them, and filters others by it. */
class TrainClassifierTest {
    private static final List<String> OF_ALL = List.of("the", "of", "and", "to", "in", "is", "was", "with");
    private static final Map<String, List<String>> OF_LABEL = Map.of(
            "good", List.of("river", "stone", "letter", "morning", "thought", "garden"),
            "bad", List.of("click", "subscribe", "cookies", "login", "share", "offer"));
    private static final int DOCUMENTS = 300;
    private static final List<Integer> PARTITIONS = List.of(1, 2, 7);

    @TempDir
    static Path work;

    private static String text(String label, Random random) {
        return IntStream.range(0, 30)
                .mapToObj(i -> random.nextBoolean() ? OF_ALL : OF_LABEL.get(label))
                .map(words -> words.get(random.nextInt(words.size())))
                .collect(Collectors.joining(" "));
    }

    private static String label(int number) {
        return number % 3 == 0 ? "good" : "bad";
    }

    private static List<String> lines(String prefix, int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\": \"%s%d\", \"text\": \"%s\", \"label\": \"%s\"}"
                        .formatted(prefix, i, text(label(i), random), label(i)))
                .collect(Collectors.toList());
    }

    @BeforeAll
    static void trainWithEachNumberOfPartitions() throws IOException {
        List<String> labelled = lines("d", DOCUMENTS, 1);
        labelled.add("{\"id\": \"unlabelled\", \"text\": \"of the river\"}");
        Files.write(work.resolve("labelled.jsonl"), labelled, UTF_8);
        Files.write(work.resolve("unseen.jsonl"), lines("u", 60, 2), UTF_8);
        for (int partitions : PARTITIONS) {
            succeed(
                    "train-classifier",
                    "labelled.jsonl",
                    partitions + "/quality",
                    "--validation=0.2",
                    "--buckets=4096",
                    "--partitions=" + partitions);
        }
    }

    private static CommandLineRun run(String job, String input, String output, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of(job, "--input=" + work.resolve(input), "--output=" + work.resolve(output)));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private static void succeed(String job, String input, String output, String... options) {
        CommandLineRun run = run(job, input, output, options);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static JsonNode json(String file) throws IOException {
        return Json.parse(Files.readString(work.resolve(file)));
    }

    private static List<Row> rows(String table) {
        Dataset<Row> rows =
                LocalSpark.spark().read().parquet(work.resolve(table).toString());
        return rows.orderBy("id").collectAsList();
    }

    @Test
    void classifierHasTheSameBytesOnAnyPartitioning() throws IOException {
        for (String file : List.of("classifier.json", "classifier.safetensors")) {
            byte[] one = Files.readAllBytes(work.resolve("1/quality/" + file));
            assertThat(work.resolve("2/quality/" + file)).hasBinaryContent(one);
            assertThat(work.resolve("7/quality/" + file)).hasBinaryContent(one);
        }
    }

    @Test
    void reportTellsHowGoodItIsOnDocumentsHeldOut() throws IOException {
        JsonNode report = json("1/quality/_report.json");

        JsonNode validation = report.path("validation");
        assertThat(validation.path("documents").asInt()).isBetween(40, 80);
        assertThat(validation.path("accuracy").asDouble()).isGreaterThan(0.95);
        assertThat(validation.path("labels").path("good").path("f1").asDouble()).isGreaterThan(0.95);
        assertThat(validation
                        .path("labels")
                        .path("bad")
                        .path("predicted")
                        .path("bad")
                        .asInt())
                .isGreaterThan(20);
        assertThat(report.path("trained").asInt() + validation.path("documents").asInt())
                .isEqualTo(DOCUMENTS);
    }

    @Test
    void documentWithoutLabelIsInTheLedger() {
        assertThat(rows("1/quality/_rejected")).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("id")).isEqualTo("unlabelled");
            assertThat(row.<String>getAs("reason")).isEqualTo("missing_label");
        });
    }

    @Test
    void filterKeepsWhatTheClassifierWants() {
        succeed("filter", "unseen.jsonl", "kept", "--rules=classifier=" + work.resolve("1/quality"));

        assertThat(rows("kept"))
                .hasSize(20)
                .allSatisfy(row -> assertThat(row.<String, String>getMap(row.fieldIndex("meta"))
                                .get("label")
                                .get())
                        .isEqualTo("good"));
        assertThat(rows("kept/_rejected"))
                .hasSize(40)
                .allSatisfy(row -> assertThat(row.<String>getAs("reason")).isEqualTo("classifier_quality"));
    }

    @Test
    void labelAndThresholdAreTheUsersChoice() {
        succeed(
                "filter",
                "unseen.jsonl",
                "worst",
                "--rules=classifier:bad=" + work.resolve("1/quality"),
                "--threshold=classifier_quality_bad=0.9");

        assertThat(rows("worst"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.<String, String>getMap(row.fieldIndex("meta"))
                                .get("label")
                                .get())
                        .isEqualTo("bad"));
    }

    @Test
    void filterNoticesAnotherClassifierInTheFolder() throws IOException {
        copy("1/quality", "changing");
        String rule = "--rules=classifier=" + work.resolve("changing");
        succeed("filter", "unseen.jsonl", "changed", rule);
        replace(work.resolve("changing/classifier.json"), "\"seed\" : 42", "\"seed\" : 43");

        CommandLineRun again = run("filter", "unseen.jsonl", "changed", rule);

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("--overwrite").contains("classifier=");
    }

    private static void copy(String from, String to) throws IOException {
        Files.createDirectories(work.resolve(to));
        for (String file : List.of("classifier.json", "classifier.safetensors")) {
            Files.copy(work.resolve(from).resolve(file), work.resolve(to).resolve(file));
        }
    }

    @Test
    void plainJavaGivesTheProbabilitiesOfTheNetwork() {
        WordHashing hashing = new WordHashing(4096, 2);
        Random random = new Random(3);
        List<String> texts =
                IntStream.range(0, 100).mapToObj(i -> text(label(i), random)).toList();
        List<Example> examples = new ArrayList<>();
        for (String text : texts) {
            Bag bag = hashing.bag(text);
            examples.add(new Example(bag.ids(), bag.values(), examples.size() % 3 == 0 ? 1 : 0));
        }
        try (SoftmaxRegression network =
                SoftmaxRegression.train(examples, 4096, 2, new Training(3, 32, 0.1, 1), loss -> {})) {
            Classifier plain = new Classifier(List.of("bad", "good"), hashing, network.weights(), network.bias());
            List<float[]> expected = network.probabilities(examples);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(plain.probabilities(texts.get(i))[1]).isCloseTo(expected.get(i)[1], within(1e-5));
            }
        }
    }

    @Test
    void labelsStandInAColumnOrAreFoldersToo() throws IOException {
        LocalSpark.spark()
                .read()
                .json(work.resolve("unseen.jsonl").toString())
                .withColumnRenamed("label", "topic")
                .write()
                .parquet(work.resolve("table").toString());
        Random random = new Random(4);
        for (String label : OF_LABEL.keySet()) {
            Path folder = Files.createDirectories(work.resolve("raw/" + label));
            for (int i = 0; i < 20; i++) {
                Files.writeString(folder.resolve(i + ".txt"), text(label, random));
            }
        }

        succeed("train-classifier", "table", "ofColumn", "--label-field=topic", "--buckets=1024");
        CommandLineRun folders = CommandLineRun.of(
                "train-classifier",
                "--class=good=" + work.resolve("raw/good"),
                "--class=bad=" + work.resolve("raw/bad"),
                "--output=" + work.resolve("ofFolders"),
                "--buckets=1024");

        assertThat(folders.code()).as(folders.err()).isZero();
        assertThat(json("ofColumn/_report.json").path("rows_out").asInt()).isEqualTo(60);
        assertThat(json("ofColumn/classifier.json").path("wanted").asText()).isEqualTo("good");
        assertThat(json("ofFolders/_report.json").path("rows_out").asInt()).isEqualTo(40);
    }

    @Test
    void refusesWhatCannotBeTrained() {
        assertThat(CommandLineRun.withoutSpark("train-classifier", "--output=" + work.resolve("x"), "--buckets=1000")
                        .err())
                .contains("give either --input")
                .contains("buckets must be a power of two");
        assertThat(run("train-classifier", "labelled.jsonl", "x", "--label-field=nothing")
                        .err())
                .contains("2 to 256 different labels, got 0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cut weights          | SHA-256 of classifier.safetensors should be",
                "large weights        | over the",
                "NaN weights          | weights must be finite numbers, got NaN",
                "other shape          | tensor weight should have the shape [4096, 2], has [2, 4096]",
                "no weights           | does not exist",
                "no classifier.json   | holds no classifier",
                "classifier.json list | not a JSON object",
                "other format         | format should be kindling-classifier-1, is kindling-classifier-2",
                "2^40 buckets         | buckets must be a power of two",
                "one label            | tensor weight should have the shape [4096, 1], has [4096, 2]",
                "wanted unknown       | the classifier has no label"
            })
    void refusesDamagedFolder(String damage, String message) throws IOException {
        String folder = damage.replaceAll("\\W", "-");
        copy("1/quality", folder);
        damage(damage, work.resolve(folder));

        CommandLineRun filter = CommandLineRun.withoutSpark(
                "filter",
                "--input=" + work.resolve("unseen.jsonl"),
                "--output=" + work.resolve("never"),
                "--rules=classifier=" + work.resolve(folder));

        assertThat(filter.code()).isEqualTo(2);
        assertThat(filter.err()).contains(message).doesNotContain("\tat ");
    }

    private static void damage(String damage, Path folder) throws IOException {
        Path weights = folder.resolve("classifier.safetensors");
        Path json = folder.resolve("classifier.json");
        byte[] bytes = Files.readAllBytes(weights);
        switch (damage) {
            case "cut weights" -> Files.write(weights, Arrays.copyOf(bytes, bytes.length - 4));
            case "large weights" -> Files.write(weights, new byte[1 << 20]);
            case "NaN weights" ->
                rewrite(folder, tensors -> tensors.get("weight").values()[5] = Float.NaN);
            case "other shape" ->
                rewrite(
                        folder,
                        tensors -> tensors.put(
                                "weight",
                                new SafeTensors.Tensor(
                                        new long[] {2, 4096},
                                        tensors.get("weight").values())));
            case "no weights" -> Files.delete(weights);
            case "no classifier.json" -> Files.delete(json);
            case "classifier.json list" -> Files.writeString(json, "[1]");
            case "other format" -> replace(json, "classifier-1", "classifier-2");
            case "2^40 buckets" -> replace(json, ": 4096", ": 1099511627776");
            case "one label" -> replace(json, "[ \"bad\", \"good\" ]", "[ \"good\" ]");
            default -> replace(json, "\"wanted\" : \"good\"", "\"wanted\" : \"other\"");
        }
    }

    private static void replace(Path file, String text, String by) throws IOException {
        assertThat(file).content().contains(text);
        Files.writeString(file, Files.readString(file).replace(text, by));
    }

    private interface Change {
        void to(Map<String, SafeTensors.Tensor> tensors);
    }

    /** Weights that are changed, and whose digest is the right one. */
    private static void rewrite(Path folder, Change change) throws IOException {
        Path weights = folder.resolve("classifier.safetensors");
        byte[] before = Files.readAllBytes(weights);
        Map<String, SafeTensors.Tensor> tensors =
                new LinkedHashMap<>(SafeTensors.read(new ByteArrayInputStream(before)));
        change.to(tensors);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        SafeTensors.write(after, tensors, Map.of());
        Files.write(weights, after.toByteArray());
        replace(folder.resolve("classifier.json"), Digest.of(before), Digest.of(after.toByteArray()));
    }

    @Test
    void roundTripKeepsEveryBit() throws IOException {
        SharedClassifier read =
                SharedClassifier.read(new InputPath(work.resolve("1/quality").toString()));

        Path copy = Files.createDirectories(work.resolve("copy"));
        SharedClassifier.write(
                new org.apache.hadoop.fs.Path(copy.toUri()), read.classifier(), read.wanted(), (ObjectNode)
                        json("1/quality/classifier.json").path("training"));

        assertThat(copy.resolve("classifier.safetensors"))
                .hasSameBinaryContentAs(work.resolve("1/quality/classifier.safetensors"));
        assertThat(copy.resolve("classifier.json")).hasSameBinaryContentAs(work.resolve("1/quality/classifier.json"));
    }

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 7})
    void perplexityIsTheSameOnAnyPartitioning(int partitions) throws IOException {
        Path checkpoint = checkpoint();
        String output = "perplexity" + partitions;

        succeed(
                "filter",
                "unseen.jsonl",
                output,
                "--rules=perplexity=" + checkpoint,
                "--annotate",
                "--threshold=perplexity_bits_per_byte=8",
                "--partitions=" + partitions);

        List<String> values = rows(output).stream()
                .map(row -> row.<String, String>getMap(row.fieldIndex("meta")))
                .map(meta -> meta.get("perplexity_per_token").get() + " "
                        + meta.get("perplexity_bits_per_byte").get())
                .toList();
        assertThat(values).hasSize(60).allMatch(value -> value.matches("2\\d\\d(\\.\\d)? [78](\\.\\d+)?"));
        assertThat(String.join("\n", values)).satisfies(all -> {
            Path seen = work.resolve("perplexities");
            if (Files.exists(seen)) {
                assertThat(all).isEqualTo(Files.readString(seen));
            }
            Files.writeString(seen, all);
        });
    }

    /** An untrained model on bytes, which finds all 257 ids about as likely. */
    private static Path checkpoint() throws IOException {
        Path folder = Files.createDirectories(work.resolve("checkpoint"));
        TransformerConfig config = TransformerConfig.preset("nano").withVocabularySize(257);
        Files.writeString(folder.resolve("config.json"), config.toJson());
        Files.writeString(
                folder.resolve("tokenizer.json"), TinyTokenizer.bytes().json());
        try (var out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
            Checkpoint.writeModel(out, config, Weights.initial(config, 1));
        }
        return folder;
    }
}
