package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedClassifier;
import kindling.model.classify.Example;
import kindling.model.classify.SoftmaxRegression;
import kindling.model.classify.Training;
import kindling.prep.classify.Bag;
import kindling.prep.classify.Classifier;
import kindling.prep.classify.WordHashing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two kinds of text that share half of their words: a classifier is trained on them, and filters others by it. */
class TrainClassifierTest {
    private static final int DOCUMENTS = 300;
    private static final List<Integer> PARTITIONS = List.of(1, 2, 7);

    private static WorkFolder work;

    @BeforeAll
    static void trainWithEachNumberOfPartitions(@TempDir Path folder) throws IOException {
        work = new WorkFolder(folder);
        List<String> labelled = TwoKindsOfText.lines("d", DOCUMENTS, 1);
        labelled.add("{\"id\": \"unlabelled\", \"text\": \"of the river\"}");
        Files.write(work.resolve("labelled.jsonl"), labelled, UTF_8);
        Files.write(work.resolve("unseen.jsonl"), TwoKindsOfText.lines("u", 60, 2), UTF_8);
        for (int partitions : PARTITIONS) {
            work.run(
                    "train-classifier",
                    partitions + "/quality",
                    "--input=@labelled.jsonl",
                    "--validation=0.2",
                    "--buckets=4096",
                    "--partitions=" + partitions);
        }
    }

    private static JsonNode json(String file) throws IOException {
        return Json.parse(Files.readString(work.resolve(file)));
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
        JsonNode report = work.report("1/quality");

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
        assertThat(work.rows("1/quality/_rejected")).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("id")).isEqualTo("unlabelled");
            assertThat(row.<String>getAs("reason")).isEqualTo("missing_label");
        });
    }

    @Test
    void filterKeepsWhatTheClassifierWants() {
        work.run("filter", "kept", "--input=@unseen.jsonl", "--rules=classifier=@1/quality");

        assertThat(work.rows("kept"))
                .hasSize(20)
                .allSatisfy(row -> assertThat(row.<String, String>getMap(row.fieldIndex("meta"))
                                .get("label")
                                .get())
                        .isEqualTo("good"));
        assertThat(work.rows("kept/_rejected"))
                .hasSize(40)
                .allSatisfy(row -> assertThat(row.<String>getAs("reason")).isEqualTo("classifier_quality"));
    }

    @Test
    void labelAndThresholdAreTheUsersChoice() {
        work.run(
                "filter",
                "worst",
                "--input=@unseen.jsonl",
                "--rules=classifier:bad=@1/quality",
                "--threshold=classifier_quality_bad=0.9");

        assertThat(work.rows("worst"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.<String, String>getMap(row.fieldIndex("meta"))
                                .get("label")
                                .get())
                        .isEqualTo("bad"));
    }

    @Test
    void filterNoticesAnotherClassifierInTheFolder() throws IOException {
        copy("1/quality", "changing");
        String rule = "--rules=classifier=@changing";
        work.run("filter", "changed", "--input=@unseen.jsonl", rule);
        Path json = work.resolve("changing/classifier.json");
        Files.writeString(json, Files.readString(json).replace("\"seed\" : 42", "\"seed\" : 43"));

        CommandLineRun again = work.attempt("filter", "changed", "--input=@unseen.jsonl", rule);

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
        List<String> texts = IntStream.range(0, 100)
                .mapToObj(i -> TwoKindsOfText.text(TwoKindsOfText.label(i), random))
                .toList();
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
        for (String label : TwoKindsOfText.LABELS) {
            Path folder = Files.createDirectories(work.resolve("raw/" + label));
            for (int i = 0; i < 20; i++) {
                Files.writeString(folder.resolve(i + ".txt"), TwoKindsOfText.text(label, random));
            }
        }

        work.run("train-classifier", "ofColumn", "--input=@table", "--label-field=topic", "--buckets=1024");
        work.run("train-classifier", "ofFolders", "--class=good=@raw/good", "--class=bad=@raw/bad", "--buckets=1024");

        assertThat(work.report("ofColumn").path("rows_out").asInt()).isEqualTo(60);
        assertThat(json("ofColumn/classifier.json").path("wanted").asText()).isEqualTo("good");
        assertThat(work.report("ofFolders").path("rows_out").asInt()).isEqualTo(40);
    }

    @Test
    void refusesWhatCannotBeTrained() {
        assertThat(CommandLineRun.withoutSpark("train-classifier", "--output=" + work.resolve("x"), "--buckets=1000")
                        .err())
                .contains("give either --input")
                .contains("buckets must be a power of two");
        assertThat(work.attempt("train-classifier", "x", "--input=@labelled.jsonl", "--label-field=nothing")
                        .err())
                .contains("2 to 256 different labels, got 0");
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
}
