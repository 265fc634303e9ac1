package kindling.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kindling.jobs.UserError;
import kindling.jobs.io.Json;
import kindling.jobs.io.Progress;
import kindling.jobs.io.Storage;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The durable states of a training run: {@code round-000010} and the like beside each other, each a checkpoint that other tools load, with the
 * optimiser's arrays in files that executors write and {@code trainer_state.json} last, so that a folder that has one is whole. It tells the digest
 * of every file: a damaged state is passed over. The last state of a run is the run's folder itself. Runs on the driver.
 */
public final class States {
    /** Between two durable states: what a lost executor held is computed again over so many, and Spark's plans of 60 overflow a stack. */
    public static final int MOST_ROUNDS = 20;

    static final String MODEL = "model.safetensors";
    static final String CONFIG = "config.json";
    private static final String SHARED = "trainer.safetensors";
    static final String STATE = "trainer_state.json";
    private static final String GUARD = "guard";
    private static final String FILES = "files";
    private static final String STOPPED = "stopped";
    private static final int STEPS = 100; // that are lost at most

    private final JavaSparkContext context;
    private final Plan plan;
    private final Path folder;
    private final ObjectNode facts;
    private final Keeping keeping;

    /**
     * Which states stay.
     *
     * @param rounds c, between two durable states; where nothing is said, about {@value #STEPS} steps
     * @param last how many stay while training goes on; with the one before the newest, a damaged one can be passed over
     * @param afterwards whether they stay when training has ended
     */
    public record Keeping(OptionalInt rounds, int last, boolean afterwards) {}

    /** @param facts what {@code trainer_state.json} says besides the state */
    States(JavaSparkContext context, Plan plan, Path folder, ObjectNode facts, Keeping keeping) {
        this.context = context;
        this.plan = plan;
        this.folder = folder;
        this.facts = facts;
        this.keeping = keeping;
    }

    /** Whether a state is due after a round. */
    boolean isDue(long round) {
        return keeping.rounds.isPresent()
                ? round % keeping.rounds.getAsInt() == 0
                : round % MOST_ROUNDS == 0 || plan.firstStep(round) / STEPS > plan.firstStep(round - 1) / STEPS;
    }

    /**
     * Makes a state durable.
     *
     * @param last whether training ends with it
     */
    Path save(
            TrainingState state,
            JavaRDD<Replica> replicas,
            JavaPairRDD<Slices.Key, Map<String, float[]>> outer,
            TrainingLog log,
            boolean last) {
        Path target = last ? folder : new Path(folder, "round-%06d".formatted(state.round()));
        String to = target.toString();
        int k = plan.replicas();
        List<Seal> seals = new ArrayList<>(
                replicas.map(replica -> replica.save(new Path(to), k)).collect());
        int partitions = plan.partitioner().numPartitions();
        seals.addAll(outer.mapPartitionsWithIndex(
                        (index, slices) -> saveOuter(new Path(to), index, partitions, slices), true)
                .collect());
        TransformerConfig config = plan.model();
        seals.add(Seal.write(new Path(target, MODEL), out -> Checkpoint.writeModel(out, config, state.parameters())));
        seals.add(Seal.write(new Path(target, SHARED), out -> Checkpoint.writeTensors(out, shared(state))));
        Storage.write(new Path(target, CONFIG), config.toJson());
        log.save(target);
        ObjectNode described = described(state, seals);
        if (!last && !isDue(state.round())) {
            described.put(STOPPED, true);
        }
        Storage.write(new Path(target, STATE), Json.text(described));
        forget(target, last);
        return target;
    }

    private static Iterator<Seal> saveOuter(
            Path to, int index, int partitions, Iterator<Tuple2<Slices.Key, Map<String, float[]>>> slices) {
        Map<String, float[]> tensors = new TreeMap<>();
        slices.forEachRemaining(slice ->
                slice._2.forEach((name, values) -> tensors.put("%s.%05d".formatted(name, slice._1.slice()), values)));
        Path file = outerFile(to, index, partitions);
        return tensors.isEmpty()
                ? List.<Seal>of().iterator()
                : List.of(Seal.write(file, out -> Checkpoint.writeTensors(out, tensors)))
                        .iterator();
    }

    private static Map<String, float[]> shared(TrainingState state) {
        Map<String, float[]> arrays = new TreeMap<>(Map.of(GUARD, state.guard()));
        Slices slices = state.start().slices();
        slices.moments().forEach(name -> arrays.put(name, slices.array(name)));
        return arrays;
    }

    private ObjectNode described(TrainingState state, List<Seal> seals) {
        ObjectNode described = facts.deepCopy()
                .put("step", plan.firstStep(state.round()))
                .put("round", state.round())
                .put("updates", state.start().updates());
        if (!state.best().equals(TrainingState.Best.NONE)) {
            described.set("best", state.best().toJson());
        }
        ArrayNode files = described.putArray(FILES);
        seals.stream().sorted(Comparator.comparing(Seal::name)).forEach(seal -> files.add(seal.toJson()));
        return described;
    }

    /** Deletes states that are not to be kept: those too old, and those of an end that came early. */
    void forget(Path newest, boolean last) {
        List<Path> regular = rounds().filter(States::isRegular).toList();
        List<Path> kept = new ArrayList<>(
                last && !keeping.afterwards ? List.of() : regular.subList(0, Math.min(keeping.last, regular.size())));
        kept.add(newest);
        rounds().filter(path -> !kept.contains(path)).forEach(Storage::delete);
    }

    /** Whether a state is whole enough to say that it was due: one that was passed over may be damaged in that too. */
    private static boolean isRegular(Path state) {
        Path file = new Path(state, STATE);
        if (!Storage.exists(file)) {
            return false;
        }
        String text = Storage.text(file);
        try {
            return !Json.parse(text).path(STOPPED).asBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** All folders of states, whole or not, newest first. */
    private Stream<Path> rounds() {
        try {
            return Stream.of(Storage.of(folder).listStatus(folder))
                    .filter(FileStatus::isDirectory)
                    .map(FileStatus::getPath)
                    .filter(path -> path.getName().matches("round-\\d+"))
                    .sorted(Comparator.comparing(Path::getName).reversed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The newest state that is whole, the run's folder itself when training has ended. Says aloud which ones it passes over.
     *
     * @throws UserError when there are states and none is whole
     */
    Optional<Path> newest(String job) {
        Storage.deleteUnfinished(folder);
        List<Path> candidates = Stream.concat(Stream.of(folder), rounds())
                .filter(path -> Storage.exists(new Path(path, STATE)))
                .toList();
        for (Path candidate : candidates) {
            Optional<String> broken = broken(candidate);
            if (broken.isEmpty()) {
                return Optional.of(candidate);
            }
            Progress.line("%s | the state %s is damaged and passed over: %s".formatted(job, candidate, broken.get()));
        }
        if (!candidates.isEmpty()) {
            throw new UserError("no durable state of the training is whole: put one back, or delete %s to start again"
                    .formatted(folder));
        }
        return Optional.empty();
    }

    /** Whether training has ended with a state. */
    boolean isEnd(Path state) {
        return state.equals(folder);
    }

    private Optional<String> broken(Path candidate) {
        List<Seal> seals;
        String text = Storage.text(new Path(candidate, STATE));
        try {
            seals = seals(Json.parse(text));
        } catch (RuntimeException e) {
            return Optional.of(STATE + " is no JSON");
        }
        String from = candidate.toString();
        if (seals.isEmpty()) {
            return Optional.of(STATE + " tells no files: it is of an older version");
        }
        return context
                .parallelize(seals, seals.size())
                .map(seal -> seal.broken(new Path(from)).orElse(""))
                .filter(problem -> !problem.isEmpty())
                .collect()
                .stream()
                .findFirst();
    }

    private static JsonNode described(Path state) {
        return Json.parse(Storage.text(new Path(state, STATE)));
    }

    private static List<Seal> seals(JsonNode described) {
        return StreamSupport.stream(described.path(FILES).spliterator(), false)
                .map(Seal::of)
                .toList();
    }

    /** What the driver needs of a state. */
    TrainingState load(Path state) {
        JsonNode described = described(state);
        Map<String, float[]> arrays = Replica.tensors(new Path(state, SHARED));
        float[] guard = arrays.remove(GUARD);
        Slices slices = Slices.none().add(Slices.PARAMETERS, readModel(state), plan.parts());
        arrays.forEach((name, values) -> slices.add(name, values, Slices.equal(values.length)));
        return new TrainingState(
                described.path("round").asLong(),
                new Round.Start(slices, described.path("updates").asLong()),
                guard,
                TrainingState.Best.of(described.path("best")));
    }

    private float[] readModel(Path state) {
        Path file = new Path(state, MODEL);
        try (InputStream in = new BufferedInputStream(Storage.of(file).open(file), 1 << 20)) {
            return Checkpoint.readModel(in, plan.model());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The replicas of a state, each read by an executor. */
    JavaRDD<Replica> replicas(Path state) {
        String from = state.toString();
        int k = plan.replicas();
        return context.parallelize(IntStream.range(0, k).boxed().toList(), k)
                .map(number -> Replica.load(new Path(from), number, k));
    }

    /** The outer optimiser's arrays of a state, each read where its slice is summed. */
    JavaPairRDD<Slices.Key, Map<String, float[]>> outer(Path state) {
        String from = state.toString();
        HashPartitioner places = plan.partitioner();
        List<Tuple2<Slices.Key, Integer>> keys = plan.parts().stream()
                .map(part -> new Slices.Key(Slices.PARAMETERS, part.index()))
                .map(key -> new Tuple2<>(key, places.getPartition(key)))
                .toList();
        return context.parallelizePairs(keys)
                .partitionBy(places)
                .mapPartitionsToPair(here -> outer(new Path(from), here, places.numPartitions()), true);
    }

    private static Iterator<Tuple2<Slices.Key, Map<String, float[]>>> outer(
            Path from, Iterator<Tuple2<Slices.Key, Integer>> here, int places) {
        if (!here.hasNext()) {
            return Collections.emptyIterator();
        }
        Path file = outerFile(from, here.next()._2, places);
        return Storage.exists(file) ? slices(file) : Collections.emptyIterator();
    }

    private static Path outerFile(Path folder, int place, int places) {
        return new Path(folder, "outer-%05d-of-%05d.safetensors".formatted(place, places));
    }

    private static Iterator<Tuple2<Slices.Key, Map<String, float[]>>> slices(Path file) {
        TreeMap<Slices.Key, Map<String, float[]>> slices = new TreeMap<>();
        Replica.tensors(file).forEach((name, values) -> {
            int dot = name.lastIndexOf('.');
            Slices.Key key = new Slices.Key(Slices.PARAMETERS, Integer.parseInt(name.substring(dot + 1)));
            slices.computeIfAbsent(key, missing -> new TreeMap<>()).put(name.substring(0, dot), values);
        });
        return slices.entrySet().stream()
                .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                .iterator();
    }
}
