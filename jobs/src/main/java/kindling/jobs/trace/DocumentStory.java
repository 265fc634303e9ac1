package kindling.jobs.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kindling.jobs.UserError;
import kindling.jobs.io.InputFiles;
import kindling.jobs.io.Json;
import kindling.jobs.io.Lookup;
import org.apache.hadoop.fs.Path;

/**
 * What became of one document, step by step in the order of the run. Tells places, reasons, scores and counts; never a text, and
 * of personal data only where and of which type it was.
 */
public final class DocumentStory {
    private static final String ID = "id";
    private static final List<String> SIDE_TABLES = List.of("_rejected", "_clusters", "_spans", "_findings");
    private static final List<String> ABOUT = List.of("source", "url", "language");
    private static final int LONGEST_FACT = 200; // characters: a title, not a text
    private static final int MOST_IDS = 1000; // that are remembered where a prefix fits many
    private static final int SHOWN_IDS = 10;
    private static final int SHOWN_SPANS = 20;

    private final String id;
    private final RunFolder run;
    private final List<Happening> happenings = new ArrayList<>();
    private final Map<String, String> known = new LinkedHashMap<>(); // of the document, up to the step at hand

    /** A row about the document, and the folder inside the output that it lies in. */
    private record Found(String place, ObjectNode row) {}

    private DocumentStory(String id, RunFolder run) {
        this.id = id;
        this.run = run;
    }

    /**
     * Follows a document.
     *
     * @param idOrPrefix its id, or a beginning that no other id has
     * @throws UserError when no document has it, or several do
     */
    public static DocumentStory of(String idOrPrefix, RunFolder run) {
        DocumentStory story = new DocumentStory(idOrPrefix, run);
        story.tell();
        if (!story.happenings.isEmpty()) {
            return story;
        }
        DocumentStory guessed = new DocumentStory(theOnly(idOrPrefix, run), run);
        guessed.tell();
        return guessed;
    }

    private void tell() {
        for (Step step : run.steps()) {
            List<Found> rows = rows(step);
            if (!rows.isEmpty()) {
                happenings.add(happening(step, rows));
            }
        }
    }

    private List<Found> rows(Step step) {
        List<Found> rows = new ArrayList<>();
        tables(step)
                .forEach(table -> Lookup.of(ID, Set.of(id)).in(table, (file, row) -> {
                    row.remove("text");
                    rows.add(new Found(InputFiles.relative(step.folder(), file.getParent()), row));
                }));
        return rows;
    }

    private static List<Path> tables(Step step) {
        List<Path> tables = new ArrayList<>(List.of(step.folder()));
        SIDE_TABLES.forEach(name -> tables.add(step.table(name)));
        return tables;
    }

    private Happening happening(Step step, List<Found> rows) {
        Map<String, String> facts = new LinkedHashMap<>();
        String what = Happening.USED;
        for (Found found : rows) {
            what = switch (found.place) {
                case "_rejected" -> dropped(what, found.row, facts);
                case "_clusters" -> clustered(what, step, found.row, facts);
                case "_findings", "_spans" -> what.equals(Happening.DROPPED) ? what : Happening.CHANGED;
                case "index.parquet" -> indexed(found.row, facts);
                default -> step.makesDocuments() && found.row.has("meta") ? kept(what, found, facts) : what;
            };
        }
        tell("replaced", spans("_findings", rows), facts);
        tell("removed", spans("_spans", rows), facts);
        if (what.equals(Happening.USED)) {
            facts.put("rows", String.valueOf(rows.size()));
        }
        return new Happening(step.name(), step.job(), what, facts);
    }

    /** A document of the same id may have been kept: then only the other one was dropped. */
    private static String dropped(String what, JsonNode row, Map<String, String> facts) {
        boolean alsoKept = !what.equals(Happening.USED);
        facts.put(alsoKept ? "another_dropped" : "reason", row.path("reason").asText());
        facts.put(alsoKept ? "its_detail" : "detail", row.path("detail").asText());
        return alsoKept ? what : Happening.DROPPED;
    }

    private static String clustered(String what, Step step, JsonNode row, Map<String, String> facts) {
        String cluster = row.path("cluster").asText();
        List<ObjectNode> others = new ArrayList<>();
        Lookup.of("cluster", Set.of(cluster)).in(step.table("_clusters"), (file, member) -> others.add(member));
        others.removeIf(
                member -> member.path("id").asText().equals(row.path("id").asText()));
        if (others.isEmpty()) {
            return what;
        }
        facts.put("cluster", "%s, with %d other%s".formatted(cluster, others.size(), others.size() == 1 ? "" : "s"));
        if (row.path("kept").asBoolean()) {
            facts.put("stands_for", neighbours(others));
        } else {
            others.stream()
                    .filter(member -> member.path("kept").asBoolean())
                    .forEach(member ->
                            facts.put("kept_instead", member.path("id").asText()));
            facts.put("similarity", similarity(row));
        }
        return what;
    }

    /** Those that were dropped for the document, the most similar first. */
    private static String neighbours(List<ObjectNode> members) {
        String some = members.stream()
                .sorted(Comparator.comparingDouble((ObjectNode member) ->
                                -member.path("similarity").asDouble())
                        .thenComparing(member -> member.path("id").asText()))
                .limit(SHOWN_IDS)
                .map(member -> "%s (%s)".formatted(member.path("id").asText(), similarity(member)))
                .collect(Collectors.joining(", "));
        return some + (members.size() > SHOWN_IDS ? ", …" : "");
    }

    private static String similarity(JsonNode row) {
        return String.format(Locale.ROOT, "%.3f", row.path("similarity").asDouble());
    }

    private static String indexed(JsonNode row, Map<String, String> facts) {
        long start = row.path("start").asLong();
        long end = row.path("end").asLong();
        facts.put(
                "shard",
                String.format(Locale.ROOT, "shard-%05d.bin", row.path("shard").asInt()));
        facts.put("tokens", String.format(Locale.ROOT, "%,d, from %,d", end - start, start));
        return Happening.INDEXED;
    }

    /** Tells what this step knows of the document and those before it did not, such as scores of an annotating filter. */
    private String kept(String what, Found found, Map<String, String> facts) {
        if (!found.place.isEmpty()) {
            facts.put("part", found.place);
        }
        ABOUT.forEach(name -> learn(name, found.row.path(name), facts));
        found.row.path("meta").properties().forEach(entry -> learn(entry.getKey(), entry.getValue(), facts));
        return what.equals(Happening.CHANGED) ? what : Happening.KEPT;
    }

    private void learn(String name, JsonNode value, Map<String, String> facts) {
        String text = value.asText("");
        if (!text.isEmpty() && !value.isNull() && !text.equals(known.put(name, text))) {
            facts.put(name, Plain.head(text, LONGEST_FACT));
        }
    }

    private static List<ObjectNode> spans(String table, List<Found> rows) {
        return rows.stream()
                .filter(found -> found.place.equals(table))
                .map(Found::row)
                .sorted(Comparator.comparingInt(row -> row.path("start").asInt()))
                .toList();
    }

    /** How many spans of which kind, and where: code points of the text as the step read it. */
    private static void tell(String what, List<ObjectNode> spans, Map<String, String> facts) {
        if (spans.isEmpty()) {
            return;
        }
        facts.put(
                what,
                spans.stream()
                        .collect(Collectors.groupingBy(DocumentStory::kind, TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        facts.put(
                what + "_at",
                spans.stream().limit(SHOWN_SPANS).map(DocumentStory::place).collect(Collectors.joining(", "))
                        + (spans.size() > SHOWN_SPANS ? ", …" : ""));
    }

    private static String kind(JsonNode span) {
        return span.path(span.has("type") ? "type" : "method").asText();
    }

    private static String place(JsonNode span) {
        String keeper =
                span.has("kept_in") ? " (kept in " + span.path("kept_in").asText() + ")" : "";
        return "%s %d–%d%s"
                .formatted(
                        kind(span), span.path("start").asInt(), span.path("end").asInt(), keeper);
    }

    /** What it is in the end: {@code dropped by filter: gopher_short}, or where it went. */
    private String end() {
        Happening last = happenings.get(happenings.size() - 1);
        if (last.what().equals(Happening.DROPPED)) {
            return "dropped by %s: %s".formatted(last.step(), last.facts().get("reason"));
        }
        return happenings.stream()
                .filter(one -> !one.what().equals(Happening.DROPPED))
                .filter(one -> one.equals(last) || one.facts().containsKey("part") || !documents(one))
                .map(DocumentStory::place)
                .collect(Collectors.joining(", ", "kept: in ", ""));
    }

    private static boolean documents(Happening one) {
        return one.what().equals(Happening.KEPT) || one.what().equals(Happening.CHANGED);
    }

    private static String place(Happening one) {
        return one.facts().containsKey("part") ? one.step() + "/" + one.facts().get("part") : one.step();
    }

    /** For people: a line a step, what is known below it. */
    public String text() {
        StringBuilder text = new StringBuilder("document %s%n".formatted(id));
        int wide =
                happenings.stream().mapToInt(one -> one.step().length()).max().orElse(0);
        for (Happening one : happenings) {
            text.append("  %s  %s%n"
                    .formatted(one.step() + " ".repeat(wide - one.step().length()), one.what()));
            one.facts().forEach((name, value) -> text.append("      %-20s %s%n".formatted(name, Plain.line(value))));
        }
        return text.append("in the end: %s%n".formatted(end())).toString();
    }

    /** For programs: id, steps and end. */
    public String json() {
        ObjectNode json = Json.object().put(ID, id);
        json.set("steps", Json.tree(happenings));
        return Json.text(json.put("end", end()));
    }

    private static String theOnly(String prefix, RunFolder run) {
        Set<String> ids = ids(prefix, run);
        if (ids.size() == 1) {
            return ids.iterator().next();
        }
        if (!ids.isEmpty()) {
            throw new UserError("--id %s is the beginning of %s ids: %s".formatted(prefix, many(ids), some(ids)));
        }
        String places = run.steps().stream().map(Step::name).collect(Collectors.joining(", "));
        throw new UserError("no document %s in %s (looked at the documents and ledgers of %s)%s"
                .formatted(prefix, run.folder(), places, near(prefix, run)));
    }

    private static String many(Set<String> ids) {
        return ids.size() < MOST_IDS ? String.valueOf(ids.size()) : "at least " + MOST_IDS;
    }

    private static String some(Set<String> ids) {
        return ids.stream().limit(SHOWN_IDS).collect(Collectors.joining(", ")) + (ids.size() > SHOWN_IDS ? ", …" : "");
    }

    private static Set<String> ids(String prefix, RunFolder run) {
        TreeSet<String> ids = new TreeSet<>();
        Lookup lookup = Lookup.beginning(ID, prefix);
        run.steps().stream()
                .flatMap(step -> tables(step).stream())
                .forEach(table -> lookup.in(table, (file, row) -> {
                    if (ids.size() < MOST_IDS) {
                        ids.add(row.path(ID).asText());
                    }
                }));
        return ids;
    }

    /** Ids that begin as the unknown one does, with as much of it as any does: three quarters, a half or a quarter. */
    private static String near(String unknown, RunFolder run) {
        for (int quarters = 3; quarters > 0; quarters--) {
            int length = unknown.codePointCount(0, unknown.length()) * quarters / 4;
            String prefix = unknown.substring(0, unknown.offsetByCodePoints(0, length));
            Set<String> ids = prefix.isEmpty() ? Set.of() : ids(prefix, run);
            if (!ids.isEmpty()) {
                return "; ids that begin with %s: %s".formatted(prefix, some(ids));
            }
        }
        return "";
    }
}
