package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction2;
import scala.Tuple2;

/**
 * Compares pairs of documents by their shingles, each pair where its member lies: the other one, the head, is sent there once,
 * however many members ask for it.
 */
final class Comparison {
    private final JavaRDD<Sketch> sketches;
    private final int parts;

    Comparison(JavaRDD<Sketch> sketches, int parts) {
        this.sketches = sketches;
        this.parts = parts;
    }

    /** What came out. The id and the similarity are those of the head; {@code equal} says whether the texts are. */
    record Pair(long member, long head, String headId, double similarity, boolean equal) implements Serializable {}

    /** Puts the question how similar a member is to a head. */
    static void ask(Outbox<?> out, long member, long head) {
        out.put(Sketch.part(member), member, head);
        out.put(Sketch.part(head), head, -1 - Sketch.part(member)); // below zero, so a request for the head
    }

    /**
     * The pairs that were asked for, each once, each in the part of its member and in the order of members there.
     *
     * @param questions as {@link #ask} put them, delivered to the parts of the sketches
     */
    JavaRDD<Pair> of(JavaRDD<long[]> questions) {
        FlatMapFunction2<Iterator<Sketch>, Iterator<long[]>, Tuple2<Integer, Sketch>> answer = Comparison::heads;
        JavaRDD<Sketch> heads = Mail.deliver(sketches.zipPartitions(questions, answer), parts);
        FlatMapFunction2<Iterator<long[]>, Iterator<Sketch>, Case> open =
                (letters, answers) -> List.of(Case.of(letters, answers)).iterator();
        JavaRDD<Case> cases = questions.zipPartitions(heads, open);
        FlatMapFunction2<Iterator<Sketch>, Iterator<Case>, Pair> compare =
                (members, one) -> one.next().compared(members);
        return sketches.zipPartitions(cases, compare);
    }

    private static Iterator<Tuple2<Integer, Sketch>> heads(Iterator<Sketch> sketches, Iterator<long[]> letters) {
        Map<Long, TreeSet<Integer>> requests = new HashMap<>();
        letters.forEachRemaining(letter -> {
            for (int i = 0; i < letter.length; i += 2) {
                if (letter[i + 1] < 0) {
                    requests.computeIfAbsent(letter[i], unused -> new TreeSet<>())
                            .add((int) (-1 - letter[i + 1]));
                }
            }
        });
        return new Lazily<>(
                sketches,
                sketch -> requests.getOrDefault(sketch.node(), new TreeSet<>()).stream()
                        .map(part -> new Tuple2<>(part, sketch))
                        .iterator());
    }

    /** The questions of a part with the heads that were sent to it. */
    private record Case(Map<Long, TreeSet<Long>> questions, Map<Long, Sketch> heads) {
        static Case of(Iterator<long[]> letters, Iterator<Sketch> answers) {
            Map<Long, TreeSet<Long>> questions = new HashMap<>();
            letters.forEachRemaining(letter -> {
                for (int i = 0; i < letter.length; i += 2) {
                    if (letter[i + 1] >= 0) {
                        questions
                                .computeIfAbsent(letter[i], unused -> new TreeSet<>())
                                .add(letter[i + 1]);
                    }
                }
            });
            Map<Long, Sketch> heads = new TreeMap<>();
            answers.forEachRemaining(head -> heads.put(head.node(), head));
            return new Case(questions, heads);
        }

        Iterator<Pair> compared(Iterator<Sketch> members) {
            return new Lazily<>(members, this::pairs);
        }

        private Iterator<Pair> pairs(Sketch member) {
            List<Pair> pairs = new ArrayList<>();
            for (long head : questions.getOrDefault(member.node(), new TreeSet<>())) {
                Sketch other = heads.get(head);
                pairs.add(new Pair(member.node(), head, other.id(), member.similarity(other), member.equalText(other)));
            }
            return pairs.iterator();
        }
    }
}
