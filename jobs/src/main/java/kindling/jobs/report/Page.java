package kindling.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kindling.jobs.io.Json;

/**
 * The page of a run. Numbers go into it as JSON and become text there, so nothing that a document, a file name or an option holds
 * is ever read as markup; and the page's policy runs no script but its own two, which it knows by their digests.
 */
public final class Page {
    /** What of a report is shown. No examples of rows: they hold texts. */
    private static final List<String> SHOWN = List.of(
            ("job version options seconds rates rows_in rows_out files_in bytes_in bytes_out rejected samples languages lengths"
                            + " findings clusters sample_check removed_spans removed_bytes parts steps parameters tokens tokens_per_second train_seconds joules loss_first loss_last"
                            + " f1 scored perplexity bits_per_byte support")
                    .split(" "));

    /** Numbers of a round that are drawn over the steps of a training: those of {@code train.jsonl}, and {@link #EXCHANGE_SHARE}. */
    private static final List<String> CURVES = List.of(
            ("loss validation_loss learning_rate gradient_norm tokens_per_second exchange_bytes broadcast_bytes "
                            + "exchange_share")
                    .split(" "));

    private static final String EXCHANGE_SHARE = "exchange_share"; // of the seconds of a round
    private static final int MOST_POINTS = 500; // of a curve: more than a screen shows
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private Page() {}

    /**
     * A step of a run.
     *
     * @param rounds of its training, as {@code train.jsonl} has them; empty for other jobs
     */
    public record Step(String name, JsonNode report, List<JsonNode> rounds) {
        public Step {
            rounds = List.copyOf(rounds);
        }

        private ObjectNode shown() {
            ObjectNode shown = Json.object().put("name", name);
            SHOWN.stream().filter(report::has).forEach(field -> shown.set(field, report.get(field)));
            ObjectNode curves = shown.putObject("curves");
            CURVES.forEach(curve -> draw(curves, curve));
            return shown;
        }

        /** Points (step, value) of the rounds that have the number; of more than a screen shows, some, both ends among them. */
        private void draw(ObjectNode curves, String curve) {
            List<JsonNode> known = rounds.stream()
                    .filter(round -> Double.isFinite(value(round, curve)))
                    .toList();
            if (known.isEmpty()) {
                return;
            }
            ArrayNode points = curves.putArray(curve);
            int every = known.size() / MOST_POINTS + 1;
            for (int i = 0; i < known.size(); i++) {
                if (i % every == 0 || i == known.size() - 1) {
                    points.addArray().add(known.get(i).get("step")).add(value(known.get(i), curve));
                }
            }
        }

        private static double value(JsonNode round, String curve) {
            return curve.equals(EXCHANGE_SHARE)
                    ? number(round, "exchange_seconds") / number(round, "seconds")
                    : number(round, curve);
        }

        private static double number(JsonNode round, String name) {
            return round.path(name).asDouble(Double.NaN);
        }
    }

    /** @param title what the page is called, such as the name of the run's folder */
    public static String html(String title, List<Step> steps) {
        ObjectNode data = Json.object().put("title", title);
        ArrayNode all = data.putArray("steps");
        steps.forEach(step -> all.add(step.shown()));
        String style = resource("report.css");
        String library = resource("chart.umd.min.js").replaceAll("(?m)^//# sourceMappingURL=.*", "");
        String script = resource("report.js");
        String policy =
                "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src %s; script-src %s %s"
                        .formatted(digest(style), digest(library), digest(script));
        return filled(
                resource("report.html"),
                Map.of("policy", policy, "style", style, "data", embedded(data), "library", library, "script", script));
    }

    /** JSON that ends no script element: of the characters of markup, it has no {@code <} left. */
    private static String embedded(JsonNode data) {
        return Json.line(data).replace("<", "\\u003c");
    }

    private static String filled(String template, Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a content security policy names an inline script or style (www.w3.org/TR/CSP3, hash-source). */
    private static String digest(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
