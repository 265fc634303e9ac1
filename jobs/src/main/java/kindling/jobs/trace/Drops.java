package kindling.jobs.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Json;
import kindling.jobs.io.Lookup;
import kindling.jobs.io.Snippet;

/**
 * What a rule drops: some of the documents that a run dropped for a reason, with the beginning of their texts, which are looked up
 * in what the dropping step read. Which ones follows from the seed and their ids alone.
 */
public final class Drops {
    private static final int CHARACTERS = 500; // of a text that are shown

    private final Map<String, Long> counts;
    private final List<Drop> sample;

    /**
     * A dropped document; source and text are empty where the run does not hold them, as for records that could not be read.
     *
     * @param draw made from the seed and the id: the smallest ones are the sample
     */
    private record Drop(String draw, String step, String id, String reason, String detail, String source, String text) {
        private static final Comparator<Drop> BY_DRAW = Comparator.comparing(Drop::draw)
                .thenComparing(Drop::id)
                .thenComparing(Drop::step)
                .thenComparing(Drop::reason)
                .thenComparing(Drop::detail);

        ObjectNode json() {
            return Json.object()
                    .put("id", id)
                    .put("step", step)
                    .put("reason", reason)
                    .put("detail", detail)
                    .put("source", source)
                    .put("text", text);
        }
    }

    private Drops(Map<String, Long> counts, List<Drop> sample) {
        this.counts = counts;
        this.sample = sample;
    }

    /**
     * The reasons that a name means, with the number of documents that the run dropped for each: the one of that name, else those
     * that begin so; {@code gopher/short} is {@code gopher_short}. Empty when there are none.
     */
    public static Map<String, Long> reasons(String name, RunFolder run) {
        String wanted = name.replace('/', '_');
        Map<String, Long> known = run.reasons();
        Map<String, Long> meant = new TreeMap<>(known);
        meant.keySet()
                .removeIf(reason -> known.containsKey(wanted) ? !reason.equals(wanted) : !reason.startsWith(wanted));
        return meant;
    }

    /**
     * Draws dropped documents.
     *
     * @param reasons as {@link #reasons} has them
     * @param size how many at most
     */
    public static Drops of(Map<String, Long> reasons, int size, long seed, RunFolder run) {
        TreeSet<Drop> smallest = new TreeSet<>(Drop.BY_DRAW);
        for (Step step : run.steps()) {
            Lookup.of("reason", reasons.keySet()).in(step.table("_rejected"), (file, row) -> {
                smallest.add(drop(step, row, seed));
                if (smallest.size() > size) {
                    smallest.pollLast();
                }
            });
        }
        List<Drop> sample = new ArrayList<>();
        run.steps().forEach(step -> sample.addAll(withTexts(step, smallest, run)));
        return new Drops(reasons, sample);
    }

    private static Drop drop(Step step, ObjectNode row, long seed) {
        String id = row.path("id").asText();
        String draw = Digest.of(seed + " " + id);
        return new Drop(
                draw,
                step.name(),
                id,
                row.path("reason").asText(),
                row.path("detail").asText(),
                "",
                "");
    }

    /** The drops of a step, each with what the step read of it. */
    private static List<Drop> withTexts(Step step, Set<Drop> all, RunFolder run) {
        List<Drop> drops =
                all.stream().filter(drop -> drop.step.equals(step.name())).toList();
        Map<String, ObjectNode> read = new HashMap<>();
        Set<String> ids = drops.stream().map(Drop::id).collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            run.inputsOf(step)
                    .forEach(input -> Lookup.of("id", ids)
                            .in(input, (file, row) -> read.merge(row.path("id").asText(), row, Drops::first)));
        }
        return drops.stream()
                .map(drop -> withText(drop, step, read.getOrDefault(drop.id, Json.object())))
                .toList();
    }

    /** Of documents with the same id always the same one, whichever was found first. */
    private static ObjectNode first(ObjectNode a, ObjectNode b) {
        return a.toString().compareTo(b.toString()) <= 0 ? a : b;
    }

    private static Drop withText(Drop drop, Step step, ObjectNode read) {
        String text = read.path("text").asText();
        String shown = step.redacts() ? new Snippet().of(text) : Plain.head(text, CHARACTERS);
        return new Drop(
                drop.draw,
                drop.step,
                drop.id,
                drop.reason,
                drop.detail,
                read.path("source").asText(),
                shown);
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (reason, count) -> text.append(String.format(Locale.ROOT, "%-40s %,10d dropped%n", reason, count)));
        for (Drop drop : sample) {
            text.append("%n%s%n".formatted(Plain.line(drop.id)));
            text.append("  %s: %s, %s%n".formatted(drop.step, drop.reason, Plain.line(drop.detail)));
            if (!drop.source.isEmpty()) {
                text.append("  from %s%n".formatted(Plain.line(drop.source)));
            }
            text.append(drop.text.isEmpty() ? "  (the run holds no text of it)\n" : Plain.block(drop.text, "  | "));
        }
        return text.toString();
    }

    /** For programs: counts by reason, and the sample. */
    public String json() {
        ObjectNode json = Json.object();
        json.set("dropped", Json.tree(counts));
        ArrayNode drops = json.putArray("sample");
        sample.forEach(drop -> drops.add(drop.json()));
        return Json.text(json);
    }
}
