package kindling.jobs.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import kindling.jobs.UserError;
import kindling.prep.token.Tokenizer;
import org.apache.hadoop.fs.Path;

/** A tokenizer that travels to executors as its {@code tokenizer.json} and is parsed once in each; meant to be broadcast. */
public final class SharedTokenizer implements Serializable {
    private static final long serialVersionUID = 1;

    /** Its name in the folders of tokenizers, shards and checkpoints. */
    public static final String FILE = "tokenizer.json";

    private final String json;
    private transient Tokenizer parsed;

    private SharedTokenizer(Tokenizer parsed) {
        this.json = parsed.json();
        this.parsed = parsed;
    }

    /** @param input a {@code tokenizer.json}, or a folder that holds one */
    public static SharedTokenizer read(InputPath input) {
        Path path = Storage.absolute(input.path());
        Path inside = new Path(path, FILE);
        Path file = Storage.exists(inside) ? inside : path;
        if (Storage.isFolder(file)) {
            throw new UserError(
                    "%s has no %s: save the tokenizer there in that form (a \"fast\" tokenizer), or copy the file from its model"
                            .formatted(file, FILE));
        }
        try (InputStream in = Storage.of(file).open(file)) {
            return new SharedTokenizer(Tokenizer.read(in));
        } catch (FileNotFoundException e) {
            throw new UserError("%s is no tokenizer that can be read: it does not exist".formatted(file));
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            throw new UserError("%s is no tokenizer that can be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** Whether a folder holds one. */
    public static boolean isIn(InputPath folder) {
        return Storage.exists(new Path(Storage.absolute(folder.path()), FILE));
    }

    public String json() {
        return json;
    }

    public synchronized Tokenizer get() {
        if (parsed == null) {
            parsed = Tokenizer.parse(json);
        }
        return parsed;
    }
}
