package kindling.jobs.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import kindling.jobs.UserError;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/** A document and the answer that a model is shown for it. */
public record Example(String document, String answer) implements Serializable {
    private static final List<String> DOCUMENTS = List.of("prompt", "document", "text");
    private static final List<String> ANSWERS = List.of("completion", "summary", "output");

    /**
     * The examples of a file: JSON lines with the columns of pairs.
     *
     * @throws UserError naming the line that is no example
     */
    public static List<Example> read(InputPath file) {
        Path path = Storage.absolute(file.path());
        if (!Storage.exists(path) || Storage.isFolder(path)) {
            throw new UserError("--examples: %s is no file".formatted(file));
        }
        List<Example> examples = new ArrayList<>();
        int number = 0;
        for (String line : Storage.text(path).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                examples.add(of(line, "%s, line %d".formatted(file, number)));
            }
        }
        if (examples.isEmpty()) {
            throw new UserError("--examples: %s has none".formatted(file));
        }
        return List.copyOf(examples);
    }

    private static Example of(String line, String where) {
        try {
            JsonNode row = Json.parse(line);
            return new Example(text(row, DOCUMENTS, where), text(row, ANSWERS, where));
        } catch (UncheckedIOException e) {
            throw new UserError("--examples: %s is no JSON object".formatted(where));
        }
    }

    private static String text(JsonNode row, List<String> names, String where) {
        return names.stream()
                .map(row::path)
                .filter(value -> value.isTextual() && !value.asText().isBlank())
                .findFirst()
                .orElseThrow(() ->
                        new UserError("--examples: %s has no text as %s".formatted(where, String.join(" or ", names))))
                .asText();
    }
}
