package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import kindling.prep.pii.Finding;
import kindling.prep.pii.Redactor;

/**
 * Findings against known spans: a hit has the same start, end and type.
 *
 * <p>Rows are {@code {"text", "spans": [{"start", "end", "type"}]}}, every span of the text known, or {@code {"text", "entity", "spans": [[start,
 * end]]}}, only those of that type known, so that findings of other types do not count. Offsets are code points. Types of other tools get the names
 * that they have here; those that the redactor does not look for are left out.
 */
final class RedactQuality {
    /** What others call the types, as far as the name differs by more than an ending. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("EMAIL_ADDRESS", "EMAIL"),
            Map.entry("PHONE_NUMBER", "PHONE"),
            Map.entry("IBAN_CODE", "IBAN"),
            Map.entry("IP_ADDRESS", "IP"),
            Map.entry("DOMAIN_NAME", "URL"),
            Map.entry("MAC_ADDRESS", "MAC"),
            Map.entry("SSN", "US_SSN"),
            Map.entry("ITIN", "US_ITIN"),
            Map.entry("ABA_ROUTING_NUMBER", "ABA"),
            Map.entry("NHS", "UK_NHS"),
            Map.entry("DRIVER_LICENSE", "US_DRIVER_LICENSE"),
            Map.entry("DATE_TIME", "DATE"),
            Map.entry("ORGANIZATION", "ORG"),
            Map.entry("STREET_ADDRESS", "LOCATION"),
            Map.entry("ADDRESS", "LOCATION"),
            Map.entry("GPE", "LOCATION"),
            Map.entry("ZIP_CODE", "LOCATION"));

    /** All types together. */
    private static final String ALL = "ALL";

    private final Redactor redactor;
    private final Set<String> types = new TreeSet<>();
    private final TreeMap<String, Counts> counts = new TreeMap<>();

    /** Of exact spans: known, found, and both. */
    record Counts(int known, int found, int hits) {
        Counts plus(int moreKnown, int moreFound, int moreHits) {
            return new Counts(known + moreKnown, found + moreFound, hits + moreHits);
        }

        /** 1 where nothing was found that could be wrong. */
        double precision() {
            return found > 0 ? hits / (double) found : known == 0 ? 1 : 0;
        }

        double recall() {
            return known > 0 ? hits / (double) known : 1;
        }

        /** The harmonic mean in which recall weighs beta times as much as precision (van Rijsbergen 1979). */
        double f(double beta) {
            double sum = beta * beta * precision() + recall();
            return sum > 0 ? (1 + beta * beta) * precision() * recall() / sum : 0;
        }
    }

    private record Span(int start, int end) {}

    RedactQuality(Redactor redactor) {
        this.redactor = redactor;
        redactor.types().forEach(type -> types.add(name(type)));
    }

    /** @throws IOException for a file that cannot be read, or a line that is no JSON */
    void read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        boolean compressed = file.getFileName().toString().endsWith(".gz");
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = compressed ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                count(json.readTree(line));
            }
        }
    }

    /** By type, sorted, and of all together. */
    Map<String, Counts> figures() {
        Counts all = new Counts(0, 0, 0);
        for (Counts type : counts.values()) {
            all = all.plus(type.known, type.found, type.hits);
        }
        TreeMap<String, Counts> figures = new TreeMap<>(counts);
        figures.put(ALL, all);
        return figures;
    }

    void count(JsonNode row) {
        String only = row.hasNonNull("entity") ? name(row.get("entity").asText()) : "";
        Map<String, Set<Span>> known = new TreeMap<>();
        for (JsonNode span : row.path("spans")) {
            String type = span.isArray() ? only : name(span.path("type").asText());
            Span place = span.isArray()
                    ? new Span(span.path(0).asInt(), span.path(1).asInt())
                    : new Span(span.path("start").asInt(), span.path("end").asInt());
            known.computeIfAbsent(type, key -> new HashSet<>()).add(place);
        }
        Map<String, Set<Span>> found = new TreeMap<>();
        for (Finding finding : redactor.redact(row.path("text").asText()).findings()) {
            String type = name(finding.type());
            found.computeIfAbsent(type, key -> new HashSet<>()).add(new Span(finding.start(), finding.end()));
        }
        for (String type : only.isEmpty() ? types : Set.of(only)) {
            if (types.contains(type)) {
                count(type, known.getOrDefault(type, Set.of()), found.getOrDefault(type, Set.of()));
            }
        }
    }

    private void count(String type, Set<Span> known, Set<Span> found) {
        int hits = (int) found.stream().filter(known::contains).count();
        if (!known.isEmpty() || !found.isEmpty()) {
            counts.put(type, counts.getOrDefault(type, new Counts(0, 0, 0)).plus(known.size(), found.size(), hits));
        }
    }

    private static String name(String type) {
        String upper = type.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return NAMES.getOrDefault(upper, upper);
    }
}
