package kindling.model.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Header.Entry;
import kindling.model.checkpoint.HuggingFace.Placement;

/** Puts the tensors of a checkpoint to their places in the flat parameters, value by value, without an array between. */
final class ModelReader {
    private final TransformerConfig config;
    private final Map<String, Placement> placements = new TreeMap<>();
    private final float[] piece = new float[TensorData.PIECE];
    private float[] theta;
    /** Whether the token embedding, or the copy of it that a tied head is, has been read. */
    private boolean embedded;

    ModelReader(TransformerConfig config) {
        this.config = config;
        HuggingFace.placements(config).forEach(placement -> placements.put(bare(placement.name()), placement));
    }

    float[] read(TensorFiles files) throws IOException {
        expectFit(files.entries());
        theta = new float[Math.toIntExact(config.parameterCount())];
        for (TensorFile file : files.files().values()) {
            for (Entry entry : file.entries()) {
                read(file, entry);
            }
            file.expectEnd();
        }
        return theta;
    }

    private static String bare(String name) {
        return name.startsWith(HuggingFace.GPT2_PREFIX) ? name.substring(HuggingFace.GPT2_PREFIX.length()) : name;
    }

    private void read(TensorFile file, Entry entry) throws IOException {
        Placement placement = placements.get(bare(entry.name()));
        boolean tiedCopy = isTiedCopy(entry.name());
        if (tiedCopy || isEmbedding(placement)) {
            readEmbedding(file, entry);
        } else if (placement != null && placement.transposed()) {
            transpose(file, entry, placement);
        } else if (placement != null) {
            file.read(entry, theta, placement.offset());
        }
    }

    private boolean isTiedCopy(String name) {
        return config.tiedHead() && name.equals(HuggingFace.HEAD);
    }

    /** The embedding lies first in the flat parameters. */
    private static boolean isEmbedding(Placement placement) {
        return placement != null && placement.offset() == 0;
    }

    /** Of the embedding and the copy that a tied head is, either may come first or alone: a second must be equal, to the bit. */
    private void readEmbedding(TensorFile file, Entry entry) throws IOException {
        if (!embedded) {
            embedded = true;
            file.read(entry, theta, 0);
            return;
        }
        file.pieces(entry, (first, little, count) -> {
            entry.dtype().read(little, piece, 0, count);
            for (int i = 0; i < count; i++) {
                if (Float.floatToRawIntBits(piece[i]) != Float.floatToRawIntBits(theta[(int) first + i])) {
                    throw new IllegalArgumentException(HuggingFace.HEAD
                            + " differs from the token embedding, but config.json ties them: set "
                            + "tie_word_embeddings to false");
                }
            }
        });
    }

    private void transpose(TensorFile file, Entry entry, Placement placement) throws IOException {
        int in = Math.toIntExact(entry.shape().get(0));
        int out = Math.toIntExact(entry.shape().get(1));
        file.pieces(entry, (first, little, count) -> {
            entry.dtype().read(little, piece, 0, count);
            int row = (int) (first / out);
            int column = (int) (first % out);
            for (int i = 0; i < count; i++) {
                theta[placement.offset() + column * in + row] = piece[i]; // (in, out) -> (out, in)
                column++;
                if (column == out) {
                    column = 0;
                    row++;
                }
            }
        });
    }

    private void expectFit(List<Entry> entries) {
        List<String> mistakes = new ArrayList<>();
        Map<String, Placement> missing = new TreeMap<>(placements);
        boolean copied = false;
        List<Long> embedding = List.of((long) config.vocabularySize(), (long) config.width());
        for (Entry entry : entries) {
            String name = bare(entry.name());
            Placement placement = placements.get(name);
            if (isTiedCopy(entry.name())) {
                expectShape(entry, embedding, mistakes);
                copied = true;
            } else if (placement == null && !HuggingFace.isBuffer(name)) {
                mistakes.add("unknown " + entry.name() + " " + entry.shape());
            } else if (placement != null && missing.remove(name) == null) {
                mistakes.add("twice " + entry.name());
            } else if (placement != null) {
                expectShape(entry, placement.shape(), mistakes);
            }
        }
        if (copied) { // the copy alone does
            missing.values().removeIf(ModelReader::isEmbedding);
        }
        missing.values().forEach(placement -> mistakes.add("missing " + placement.name() + " " + placement.shape()));
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("the tensors do not fit a " + config.modelType()
                    + " model of this config.json: " + Mistakes.list(mistakes));
        }
    }

    private static void expectShape(Entry entry, List<Long> expected, List<String> mistakes) {
        if (!entry.shape().equals(expected)) {
            mistakes.add(entry.name() + " has shape " + entry.shape() + ", expected " + expected);
        }
    }
}
