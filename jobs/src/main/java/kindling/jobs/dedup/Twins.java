package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Function;
import kindling.prep.dedup.Shingles;
import org.apache.spark.api.java.JavaRDD;

/** Documents that are joined without comparing, because a hash of 128 bits says that they are equal. */
final class Twins {
    private Twins() {}

    /** Two halves of a hash; none for a document that equals no other. */
    private interface Hash extends Function<Sketch, long[]>, Serializable {}

    /** Joins each text to the smallest node of those that it equals. */
    static JavaRDD<long[]> ofTexts(JavaRDD<Sketch> sketches, int parts) {
        return of(sketches, parts, Sketch::fingerprint);
    }

    /** The same for sets of shingles that are not empty. */
    static JavaRDD<long[]> ofShingles(JavaRDD<Sketch> sketches, int parts) {
        return of(
                sketches,
                parts,
                sketch -> sketch.shingles().length == 0 ? new long[0] : Shingles.fingerprint(sketch.shingles()));
    }

    private static JavaRDD<long[]> of(JavaRDD<Sketch> sketches, int parts, Hash hash) {
        Mail.Writer<Sketch> keys = (sketch, out) -> {
            long[] halves = hash.apply(sketch);
            if (halves.length > 0) {
                out.put(Mail.addressOf(halves[0], parts), halves[0], halves[1], sketch.node());
            }
        };
        return Mail.send(sketches, parts, keys).mapPartitions(Twins::edges);
    }

    private static Iterator<long[]> edges(Iterator<long[]> letters) {
        return new Lazily<>(
                Entry.groups(letters).iterator(),
                group -> group.stream()
                        .filter(entry ->
                                entry.content() == group.get(0).content()) // of equal keys, all but one in 2^64
                        .skip(1)
                        .map(entry -> new long[] {entry.node(), group.get(0).node()})
                        .iterator());
    }
}
