package kindling.model.checkpoint;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kindling.model.checkpoint.Header.Entry;

/**
 * The tensors of a checkpoint, in one {@code model.safetensors} or in several files with an index. That the files are there
 * and have what the index says, each tensor once, is known when this is open.
 *
 * @param files by name
 */
record TensorFiles(Map<String, TensorFile> files) implements Closeable {
    static final String SINGLE = "model.safetensors";

    private static final int BUFFER = 1 << 20;
    /** What other programs write, and reading which would run code. */
    private static final List<String> PICKLES =
            List.of("pytorch_model.bin", "pytorch_model.bin.index.json", "model.pt");

    /** @throws IOException when the folder holds no tensors, or they are not as its index says */
    static TensorFiles open(CheckpointFolder folder) throws IOException {
        TensorFiles opened = new TensorFiles(new LinkedHashMap<>());
        try {
            if (folder.has(SINGLE)) {
                opened.files.put(SINGLE, file(folder, SINGLE));
            } else {
                opened.openShards(folder);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** One file, not closed with this. */
    static TensorFiles of(TensorFile file) {
        return new TensorFiles(Map.of(SINGLE, file));
    }

    private void openShards(CheckpointFolder folder) throws IOException {
        if (!folder.has(ShardIndex.FILE)) {
            throw new IOException("there is neither " + SINGLE + " nor " + ShardIndex.FILE + remedy(folder));
        }
        ShardIndex index;
        try (InputStream in = folder.open(ShardIndex.FILE)) {
            index = ShardIndex.read(in);
        }
        List<String> missing = new ArrayList<>();
        for (String name : index.names()) {
            if (!folder.has(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(ShardIndex.FILE + " names files that are not there: " + Mistakes.list(missing));
        }
        for (String name : index.names()) {
            files.put(name, file(folder, name));
        }
        expect(index);
    }

    private static String remedy(CheckpointFolder folder) throws IOException {
        for (String pickle : PICKLES) {
            if (folder.has(pickle)) {
                return ", only " + pickle + ", which is not read because that would run code in it: save the model as "
                        + "safetensors, in Python with save_pretrained(folder, safe_serialization=True)";
            }
        }
        return "";
    }

    private static TensorFile file(CheckpointFolder folder, String name) throws IOException {
        Optional<Path> local = folder.local(name);
        try {
            return local.isPresent()
                    ? TensorFile.map(local.get())
                    : TensorFile.read(() -> new BufferedInputStream(folder.open(name), BUFFER));
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    private void expect(ShardIndex index) throws IOException {
        List<String> mistakes = new ArrayList<>();
        Map<String, String> left = new TreeMap<>(index.files());
        Map<String, String> seen = new TreeMap<>();
        files.forEach((name, file) -> file.entries().forEach(entry -> {
            String wanted = index.files().get(entry.name());
            String before = seen.put(entry.name(), name);
            if (before != null) {
                mistakes.add("\"" + entry.name() + "\" lies in " + before + " and in " + name);
            } else if (wanted == null) {
                mistakes.add("\"" + entry.name() + "\" lies in " + name + ", the index does not have it");
            } else if (!wanted.equals(name)) {
                mistakes.add("\"" + entry.name() + "\" lies in " + name + ", not in " + wanted);
            }
            left.remove(entry.name());
        }));
        left.forEach((tensor, name) -> mistakes.add("\"" + tensor + "\" does not lie in " + name));
        if (!mistakes.isEmpty()) {
            throw ShardIndex.refused(Mistakes.list(mistakes));
        }
    }

    /** All tensors, file by file in the order of their bytes. */
    List<Entry> entries() {
        return files.values().stream().flatMap(file -> file.entries().stream()).toList();
    }

    /** Closes every file, even where one cannot be closed. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (TensorFile file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
