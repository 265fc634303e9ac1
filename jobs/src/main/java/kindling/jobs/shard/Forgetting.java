package kindling.jobs.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import kindling.jobs.UserError;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Takes documents out of token shards, in place: the shards that hold them are written again, index and manifests with them, the ledger gets
 * a row for each. All new files wait beside the old ones until a {@link Journal} names them, so a run that was killed is undone or finished by
 * the next one. Runs on the driver.
 */
public final class Forgetting {
    private static final int NAMED = 5; // ids in an error message
    private static final String REJECTED = "_rejected";
    private static final String STAGE = "forget";

    private final SparkSession spark;
    private final Path folder;
    private final Journal journal;
    private final Consumer<String> steps;

    /** @param folder of token shards, from {@code kindling tokenize} */
    public Forgetting(SparkSession spark, Path folder) {
        this(spark, folder, step -> {});
    }

    /** @param steps told of each step that is done, so that tests can stop after it */
    Forgetting(SparkSession spark, Path folder, Consumer<String> steps) {
        this.spark = spark;
        this.folder = folder;
        this.journal = Journal.in(folder);
        this.steps = steps;
    }

    /**
     * What was done.
     *
     * @param documents taken out now
     * @param shards written again
     * @param before of the ids, those that an earlier run took out
     */
    public record Done(long documents, int shards, long before) {}

    /** @throws UserError when a run in this folder was killed in the middle: its files are no whole yet */
    static void refuseUnfinished(Path folder) {
        if (Journal.in(folder).isOpen()) {
            throw new UserError("%s: kindling forget was stopped in the middle there: run it again".formatted(folder));
        }
    }

    /**
     * Takes documents out.
     *
     * @throws UserError when an id is not there and never was forgotten, or the folder or a shard is not what forgetting can change; nothing is
     *     done then
     */
    public Done forget(Collection<String> ids) {
        if (journal.isOpen()) {
            journal.apply(steps);
        }
        TokenShards shards = shards();
        journal.undo();
        TreeSet<String> wanted = new TreeSet<>(ids);
        List<Row> rows = find(wanted);
        Takedown takedown = Takedown.of(rows);
        SortedSet<String> found = new TreeSet<>();
        rows.forEach(row -> found.add(row.getString(0)));
        SortedSet<String> forgotten = forgotten();
        TreeSet<String> before = new TreeSet<>(wanted);
        before.removeAll(found);
        refuseUnknown(before, forgotten);
        if (!found.isEmpty()) {
            refuseDamaged(shards, takedown.shards());
            forgotten.addAll(found);
            takeOut(shards, takedown, found, forgotten);
        }
        return new Done(found.size(), takedown.shards().size(), before.size());
    }

    private Dataset<Row> index() {
        return spark.read().parquet(new Path(folder, TokenShards.INDEX_FILE).toString());
    }

    /** What the folder holds. */
    private TokenShards shards() {
        if (Mixture.isIn(folder)) {
            throw new UserError(
                    "%s is a mixture: run kindling forget on its corpora, then kindling mix again with --overwrite"
                            .formatted(folder));
        }
        TokenShards shards = TokenShards.open(folder);
        Path index = new Path(folder, TokenShards.INDEX_FILE);
        if (!Storage.exists(index)) {
            throw new UserError(TokenShards.damaged(index, "is missing"));
        }
        return shards;
    }

    /** A shard that is written again gets a new digest in the manifest, so it must have had the old one. */
    private void refuseDamaged(TokenShards shards, List<Integer> numbers) {
        List<String> damaged = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(numbers, numbers.size())
                .filter(number -> !ShardReader.digest(shards, number)
                        .equals(shards.shards().get(number).sha256()))
                .map(number -> TokenShards.shard(shards.folder(), number).getName())
                .collect();
        if (!damaged.isEmpty()) {
            throw new UserError("%s: %s has another sha256 than the manifest says; nothing was done: run kindling check"
                    .formatted(folder, String.join(", ", damaged)));
        }
    }

    /** A join, and not a condition that names the ids: they would lie in the texts of plans. */
    private List<Row> find(SortedSet<String> wanted) {
        Dataset<Row> ids =
                spark.createDataset(List.copyOf(wanted), Encoders.STRING()).toDF("id");
        return index().join(ids, "id", "left_semi").collectAsList();
    }

    /** What earlier runs took out. */
    private SortedSet<String> forgotten() {
        Path ledger = new Path(folder, REJECTED);
        List<String> files = Storage.files(ledger).stream()
                .map(file -> file.getPath().toString())
                .filter(file -> new Path(file).getName().startsWith(STAGE))
                .toList();
        TreeSet<String> ids = new TreeSet<>();
        for (String file : files) {
            Dataset<Row> rows =
                    file.endsWith("l") ? spark.read().json(file) : spark.read().parquet(file);
            ids.addAll(rows.select("id").as(Encoders.STRING()).collectAsList());
        }
        return ids;
    }

    private void refuseUnknown(SortedSet<String> missing, SortedSet<String> forgotten) {
        List<String> unknown =
                missing.stream().filter(id -> !forgotten.contains(id)).toList();
        if (!unknown.isEmpty()) {
            List<String> named =
                    unknown.stream().limit(NAMED).map(id -> "'" + id + "'").toList();
            throw new UserError("%d ids are in no document of %s: %s%s; nothing was done"
                    .formatted(unknown.size(), folder, String.join(", ", named), unknown.size() > NAMED ? ", …" : ""));
        }
    }

    private void takeOut(TokenShards shards, Takedown takedown, SortedSet<String> found, SortedSet<String> forgotten) {
        Map<String, String> places = new TreeMap<>();
        TokenShards left = writeShards(shards, takedown, places);
        steps.accept("wrote shards");
        String index = writeIndex(takedown, shards.shards().size());
        SortedSet<String> gone = replaceIndex(places);
        steps.accept("wrote index");
        writeLedger(found, places);
        steps.accept("wrote ledger");
        writeManifests(left, index, forgotten);
        places.put(Manifest.FILE, Manifest.FILE);
        places.put(TokenShards.MANIFEST, TokenShards.MANIFEST);
        steps.accept("wrote manifests");
        journal.commit(places, gone);
        steps.accept("committed");
        journal.apply(steps);
    }

    private TokenShards writeShards(TokenShards shards, Takedown takedown, Map<String, String> places) {
        String staging = journal.staging().toString();
        ShardWriter writer = new ShardWriter(staging, shards.bytesPerId(), 0);
        List<Integer> numbers = takedown.shards();
        List<Shard> written = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(numbers, numbers.size())
                .map(number -> rewrite(shards, number, takedown, writer))
                .collect();
        List<Shard> all = new ArrayList<>(shards.shards());
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            all.set(number, written.get(i));
            for (Path file : List.of(TokenShards.shard(staging, number), TokenShards.ends(staging, number))) {
                places.put(file.getName(), file.getName());
            }
        }
        return new TokenShards(shards.folder(), shards.bytesPerId(), shards.vocabularySize(), all);
    }

    private static Shard rewrite(TokenShards shards, int number, Takedown takedown, ShardWriter writer) {
        try (ShardReader reader = shards.reader()) {
            return writer.write(number, takedown.staying(number, reader)).shard();
        }
    }

    /** Gives the new index' digest. */
    private String writeIndex(Takedown takedown, int shards) {
        FlatMapFunction<Row, Row> work = row -> moved(row, takedown);
        Dataset<Row> left = spark.createDataset(
                        index().toJavaRDD().flatMap(work).rdd(), Encoders.row(TokenShards.INDEX))
                .repartition(shards, col("shard"))
                .sortWithinPartitions("shard", "start");
        Path index = journal.staged(TokenShards.INDEX_FILE);
        Tables.write(left, index, "parquet");
        return IndexDigest.of(spark.read().parquet(index.toString()).toJavaRDD());
    }

    /** Names the new index' files one by one, so that each is put in its place at once, and gives those of the old one that go. */
    private SortedSet<String> replaceIndex(Map<String, String> places) {
        TreeSet<String> gone = new TreeSet<>();
        for (String file :
                Storage.lengths(new Path(folder, TokenShards.INDEX_FILE)).keySet()) {
            gone.add(TokenShards.INDEX_FILE + "/" + file);
        }
        for (String file :
                Storage.lengths(journal.staged(TokenShards.INDEX_FILE)).keySet()) {
            String name = TokenShards.INDEX_FILE + "/" + file;
            places.put(name, name);
            gone.remove(name);
        }
        return gone;
    }

    private static Iterator<Row> moved(Row row, Takedown takedown) {
        int shard = row.getInt(1);
        long start = row.getLong(2);
        if (takedown.has(shard, start)) {
            return List.<Row>of().iterator();
        }
        long before = takedown.before(shard, start);
        return List.of(RowFactory.create(row.getString(0), shard, start - before, row.getLong(3) - before))
                .iterator();
    }

    private void writeLedger(SortedSet<String> found, Map<String, String> places) {
        Dataset<Row> rows = spark.createDataset(List.copyOf(found), Encoders.STRING())
                .toDF("id")
                .coalesce(1)
                .select(
                        col("id"),
                        lit(STAGE).as("stage"),
                        lit("forgotten").as("reason"),
                        lit("taken out of the shards").as("detail"));
        Tables.write(rows, journal.staged("ledger"), manifest().options().getOrDefault("output-format", "parquet"));
        Path file = Storage.files(journal.staged("ledger")).get(0).getPath();
        String ending = file.getName().substring("part-00000".length());
        String name = STAGE + "-" + Digest.of(String.join("\n", found)).substring(0, 12) + ending;
        places.put("ledger/" + file.getName(), REJECTED + "/" + name);
    }

    /** Of an output that documents were taken out of, so that nobody takes it for the one that it was. */
    private void writeManifests(TokenShards left, String index, SortedSet<String> forgotten) {
        Manifest before = manifest();
        Map<String, String> options = new TreeMap<>(before.options());
        String digest = Digest.of(String.join("\n", forgotten)).substring(0, 12);
        options.put("forgotten", "%d documents (digest of their ids %s)".formatted(forgotten.size(), digest));
        Manifest now = new Manifest(before.job(), before.version(), new TreeMap<>(options), before.inputs());
        Storage.write(journal.staged(Manifest.FILE), now.json());
        ObjectNode facts = TokenShards.manifest(folder).put("corpus", now.identity());
        left.manifest(facts.put("forgotten", forgotten.size()).put(IndexDigest.FIELD, index));
        Storage.write(journal.staged(TokenShards.MANIFEST), Json.text(facts));
    }

    private Manifest manifest() {
        return Manifest.in(folder)
                .orElseThrow(() -> new UserError("%s is no output of kindling tokenize".formatted(folder)));
    }
}
