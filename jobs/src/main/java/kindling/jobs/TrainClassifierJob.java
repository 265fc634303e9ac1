package kindling.jobs;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import kindling.jobs.io.Documents;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.jobs.io.Progress;
import kindling.jobs.io.SharedClassifier;
import kindling.model.classify.Example;
import kindling.model.classify.Quality;
import kindling.model.classify.SoftmaxRegression;
import kindling.model.classify.Training;
import kindling.prep.Document;
import kindling.prep.Verdict;
import kindling.prep.classify.Bag;
import kindling.prep.classify.Classifier;
import kindling.prep.classify.WordHashing;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains a quality, topic or toxicity classifier on labelled documents. Executors turn documents into bags of hashed words; the
 * driver gathers these in the order of ids and trains with DL4J, so the classifier has the same bytes on any partitioning.
 */
@Command(
        name = "train-classifier",
        description = "Train a classifier of documents on labelled ones, for filter --rules.")
final class TrainClassifierJob implements Job {
    private static final int BATCH_SIZE = 32; // as good as 128, and reaches an optimum on a few hundred documents too
    private static final double HEAP_SHARE = 0.5; // of the driver's heap, for bags; the rest is for Spark
    private static final int BAG_BYTES = 200; // of a document without features: objects, id and label
    private static final int FEATURE_BYTES = Integer.BYTES + Float.BYTES;

    /** Labels that say by themselves that a filter should keep these documents. */
    private static final Set<String> AFFIRMATIVE =
            Set.of("1", "true", "yes", "good", "high", "positive", "pos", "quality", "clean", "safe", "keep");

    @Mixin
    CommonOptions common;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "Labelled documents: Parquet or JSON lines, a file, folder or glob.")
    InputPath input;

    @Option(
            names = "--label-field",
            paramLabel = "NAME",
            description =
                    "Where --input has its labels: a column, a field, or an entry of meta; default ${DEFAULT-VALUE}.")
    String labelField = "label";

    @Option(
            names = "--class",
            split = ",",
            paramLabel = "NAME=PATH",
            description = "Instead of --input, once for each class: documents or raw files that are all of this class.")
    Map<String, InputPath> classes = new LinkedHashMap<>();

    @Option(
            names = "--wanted",
            paramLabel = "LABEL",
            description = "The label that filter keeps; default: the only one of 1, true, yes, good, high, positive, …")
    String wanted;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Documents held out to measure quality, by a hash of the id; default ${DEFAULT-VALUE}.")
    double validation = 0.1;

    @Option(names = "--buckets", description = "Hashed features, a power of two; default ${DEFAULT-VALUE}.")
    int buckets = 1 << 16;

    @Option(names = "--ngram", description = "1: words; 2: pairs of words too; default ${DEFAULT-VALUE}.")
    int ngram = 2;

    @Option(names = "--epochs", description = "Passes over the documents; default ${DEFAULT-VALUE}.")
    int epochs = 3;

    @Option(names = "--learning-rate", description = "Of Adam; default ${DEFAULT-VALUE}.")
    double learningRate = 0.1;

    /** A document on its way to the driver. */
    @SuppressWarnings("ArrayRecordComponent") // one for each document: no copies
    private record Labelled(String id, String label, int[] ids, float[] values) implements Serializable {
        static Labelled of(Row row, String field, WordHashing hashing) {
            Document document = Documents.of(row);
            Bag bag = hashing.bag(document.text());
            return new Labelled(document.id(), document.meta().get(field), bag.ids(), bag.values());
        }

        long bytes() {
            return BAG_BYTES + (long) FEATURE_BYTES * ids.length;
        }
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        if ((input == null) == classes.isEmpty()) {
            problems.add("give either --input, documents with a label each, or --class NAME=PATH for each class");
        }
        if (classes.size() == 1) {
            problems.add("--class: a classifier tells at least two classes apart, got only " + classes.keySet());
        }
        if (!(validation >= 0 && validation <= 0.5)) {
            problems.add("--validation must be 0 to 0.5, got " + validation);
        }
        try {
            hashing();
            training();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    /** The names of classes; what their folders hold is among the inputs. */
    @Override
    public Map<String, String> facts() {
        return classes.isEmpty() ? Map.of() : Map.of("classes", String.join(",", classes.keySet()));
    }

    private WordHashing hashing() {
        return new WordHashing(buckets, ngram);
    }

    private Training training() {
        return new Training(epochs, BATCH_SIZE, learningRate, common.seed);
    }

    @Override
    public void run(Run run) {
        Outcomes all = labelled(run).placed(partitions(run)).persisted();
        List<Labelled> documents = gathered(all, run);
        List<String> labels = labels(documents);
        long seed = common.seed;
        double share = validation;
        Predicate<Labelled> heldOut = document -> SplitJob.isWithin(document.id, seed, 0, share);
        List<Example> train = examples(documents, labels, heldOut.negate());
        List<Example> test = examples(documents, labels, share > 0 ? heldOut : document -> false);
        train(run, labels, train, test);
        all.settle(run.folder(), run.name(), "parquet", documents.size(), run.report());
        all.unpersist();
    }

    private int partitions(Run run) {
        return input != null
                ? run.partitions(input)
                : classes.values().stream().mapToInt(run::partitions).max().orElseThrow();
    }

    /** All documents that have a label, under that name in their meta. */
    private Outcomes labelled(Run run) {
        String field = field();
        if (input != null) {
            return Documents.read(run.spark(), input, List.of(field))
                    .judged(() -> document -> new Outcome(document, hasLabel(document, field)));
        }
        return new Outcomes(classes.entrySet().stream()
                .map(named -> ofClass(run, named.getKey(), named.getValue()))
                .reduce(Dataset::union)
                .orElseThrow());
    }

    /** {@code meta.label} is {@code label}, as a Parquet table spells it. */
    private String field() {
        return labelField.startsWith("meta.") ? labelField.substring("meta.".length()) : labelField;
    }

    private static Verdict hasLabel(Document document, String field) {
        return document.meta().getOrDefault(field, "").isBlank()
                ? Verdict.drop("missing_label", "no \"%s\" in its meta".formatted(field))
                : Verdict.KEEP;
    }

    /** The documents of a folder, whose ids could be those of another folder: the class stands before them. */
    private Dataset<Row> ofClass(Run run, String name, InputPath path) {
        String field = field();
        return Documents.raw(run.spark(), path)
                .judged(
                        new StructType(),
                        () -> document -> new Outcome(
                                new Document(
                                                name + "/" + document.id(),
                                                document.text(),
                                                document.source(),
                                                document.url(),
                                                document.language(),
                                                document.meta())
                                        .with(field, name),
                                Verdict.KEEP));
    }

    /** The bags of all documents, in the order of their ids. */
    private List<Labelled> gathered(Outcomes all, Run run) {
        WordHashing hashing = hashing();
        String field = field();
        Function<Row, Labelled> bag = row -> Labelled.of(row, field, hashing);
        JavaRDD<Labelled> bags = all.documents().javaRDD().map(bag).persist(StorageLevel.MEMORY_AND_DISK());
        expectRoom(bags.map(Labelled::bytes).fold(0L, Long::sum), bags.count());
        List<Labelled> documents = new ArrayList<>();
        bags.toLocalIterator().forEachRemaining(documents::add);
        bags.unpersist(false);
        documents.sort(comparing(Labelled::id));
        run.report()
                .phase("read words")
                .put(
                        "features",
                        documents.stream()
                                .mapToLong(document -> document.ids.length)
                                .sum());
        return documents;
    }

    private static void expectRoom(long bytes, long documents) {
        long room = (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE);
        if (bytes > room) {
            throw new UserError(
                    "%d documents take %d MiB as bags of words, over half of the driver's heap (%d MiB): raise --driver-memory, or train on a part of them (kindling split)"
                            .formatted(documents, bytes >> 20, room >> 20));
        }
    }

    private List<String> labels(List<Labelled> documents) {
        Map<String, Long> counts = new TreeMap<>();
        documents.forEach(document -> counts.merge(document.label, 1L, Long::sum));
        if (counts.size() < 2 || counts.size() > Classifier.MOST_LABELS) {
            throw new UserError(
                    "documents must have 2 to %d different labels, got %d in %d documents with a label: is \"%s\" the field that holds them?"
                            .formatted(Classifier.MOST_LABELS, counts.size(), documents.size(), field()));
        }
        if (wanted != null && !counts.containsKey(wanted)) {
            throw new UserError(
                    "--wanted: no document has the label %s; they have %s".formatted(wanted, counts.keySet()));
        }
        return List.copyOf(counts.keySet());
    }

    private static List<Example> examples(List<Labelled> documents, List<String> labels, Predicate<Labelled> part) {
        return documents.stream()
                .filter(part)
                .map(document -> new Example(document.ids, document.values, labels.indexOf(document.label)))
                .toList();
    }

    private void train(Run run, List<String> labels, List<Example> train, List<Example> test) {
        if (train.isEmpty()) {
            throw new UserError("all documents were held out: give more of them, or --validation 0");
        }
        ObjectNode facts = Json.object()
                .put("documents", train.size())
                .put("epochs", epochs)
                .put("batch_size", BATCH_SIZE)
                .put("learning_rate", learningRate)
                .put("seed", common.seed);
        List<Double> losses = new ArrayList<>();
        DoubleConsumer progress = loss -> {
            losses.add(loss);
            Progress.line(String.format(
                    Locale.ROOT, "%s | epoch %d of %d | loss %.4f", run.name(), losses.size(), epochs, loss));
        };
        try (SoftmaxRegression model = SoftmaxRegression.train(train, buckets, labels.size(), training(), progress)) {
            run.report()
                    .phase("train")
                    .put("trained", train.size())
                    .put("loss", losses)
                    .put("labels", labels);
            Quality quality = model.quality(test);
            Progress.line(String.format(
                    Locale.ROOT,
                    "%s | held out %d | accuracy %.4f | f1 %.4f",
                    run.name(),
                    quality.examples(),
                    quality.accuracy(),
                    quality.f1()));
            facts.set("validation", validated(quality, labels));
            run.report().phase("evaluate").put("validation", facts.get("validation"));
            Classifier classifier = new Classifier(labels, hashing(), model.weights(), model.bias());
            SharedClassifier.write(run.folder(), classifier, wanted(labels), facts);
        } catch (ArithmeticException e) {
            throw new UserError(e.getMessage());
        }
    }

    private static ObjectNode validated(Quality quality, List<String> labels) {
        ObjectNode tree = Json.object()
                .put("documents", quality.examples())
                .put("accuracy", quality.accuracy())
                .put("precision", quality.precision())
                .put("recall", quality.recall())
                .put("f1", quality.f1());
        ObjectNode each = tree.putObject("labels");
        for (int label = 0; label < labels.size(); label++) {
            ObjectNode of = each.putObject(labels.get(label));
            of.put("precision", quality.labels().get(label).precision())
                    .put("recall", quality.labels().get(label).recall())
                    .put("f1", quality.labels().get(label).f1());
            ObjectNode predicted = of.putObject("predicted");
            for (int other = 0; other < labels.size(); other++) {
                predicted.put(labels.get(other), quality.confusion().get(label).get(other));
            }
        }
        return tree;
    }

    /** The label that a filter keeps: what was asked for, the first class, or the only affirmative label; "" if none. */
    private String wanted(List<String> labels) {
        if (wanted != null) {
            return wanted;
        }
        if (!classes.isEmpty()) {
            return classes.keySet().iterator().next();
        }
        List<String> affirmative = labels.stream()
                .filter(label -> AFFIRMATIVE.contains(label.toLowerCase(Locale.ROOT)))
                .toList();
        return affirmative.size() == 1 ? affirmative.get(0) : "";
    }
}
