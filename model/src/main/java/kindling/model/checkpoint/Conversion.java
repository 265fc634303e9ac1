package kindling.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kindling.model.checkpoint.Header.Entry;

/**
 * The tensors of a checkpoint written anew: as other floats, in one file or in several. Whatever model it is; no tensor is
 * ever whole in memory.
 *
 * <p>Names, shapes and metadata stay. Where no type is asked for, every value keeps its bits, and a file in the order of the
 * reference writer comes out as it was. Integers keep their type.
 *
 * <pre>{@code
 * new Conversion(Optional.of(Dtype.BF16), 5_000_000_000L).run(CheckpointFolder.of(path), out -> ...);
 * }</pre>
 *
 * @param dtype of all floats, or empty to leave them
 * @param maxFileBytes most bytes of values in a file; a larger tensor has a file of its own
 */
public record Conversion(Optional<Dtype> dtype, long maxFileBytes) {
    /** @throws IllegalArgumentException when the type cannot be written, or a file may hold nothing */
    public Conversion {
        if (dtype.isPresent()) {
            dtype.get().write(new float[0], 0, 0, ByteBuffer.allocate(0));
        }
        if (maxFileBytes < 1) {
            throw new IllegalArgumentException("a file must hold at least 1 byte, got " + maxFileBytes);
        }
    }

    /** Opens a file for writing; it is closed when it is whole. */
    @FunctionalInterface
    public interface Target {
        OutputStream open(String name) throws IOException;
    }

    /** Where a tensor lies. */
    private record Place(TensorFile file, Entry entry) {}

    /**
     * Reads the tensors of a folder and writes them to another.
     *
     * @return bytes of all values that were written
     * @throws IOException when there are none, or a file is not valid
     */
    public long run(CheckpointFolder from, Target to) throws IOException {
        try (TensorFiles files = TensorFiles.open(from)) {
            Map<String, String> metadata = new TreeMap<>();
            files.files().values().forEach(file -> metadata.putAll(file.metadata()));
            List<List<Place>> parts = parts(places(files));
            Map<String, String> index = new TreeMap<>();
            for (int i = 0; i < parts.size(); i++) {
                String name = parts.size() == 1
                        ? TensorFiles.SINGLE
                        : "model-%05d-of-%05d.safetensors".formatted(i + 1, parts.size());
                parts.get(i).forEach(place -> index.put(place.entry.name(), name));
                try (OutputStream out = to.open(name)) {
                    write(parts.get(i), metadata, out);
                }
            }
            long total = parts.stream()
                    .flatMap(List::stream)
                    .mapToLong(place -> wanted(place).bytes())
                    .sum();
            if (parts.size() > 1) {
                try (OutputStream out = to.open(ShardIndex.FILE)) {
                    out.write(new ShardIndex(index).json(total).getBytes(UTF_8));
                }
            }
            return total;
        }
    }

    /**
     * In the order in which they are written. Where something changes: the last type of the reference writer's list first,
     * so that larger values lie at multiples of their size, then by name.
     */
    private List<Place> places(TensorFiles files) {
        List<Place> places = new ArrayList<>();
        files.files().values().forEach(file -> file.entries().forEach(entry -> places.add(new Place(file, entry))));
        boolean changes =
                files.files().size() > 1 || places.stream().anyMatch(place -> type(place) != place.entry.dtype());
        if (changes) {
            places.sort(Comparator.comparing(this::type, Comparator.reverseOrder())
                    .thenComparing(place -> place.entry.name()));
        }
        return places;
    }

    private Dtype type(Place place) {
        Dtype stored = place.entry.dtype();
        return stored.isFloating() ? dtype.orElse(stored) : stored;
    }

    private Header.Wanted wanted(Place place) {
        return new Header.Wanted(place.entry.name(), type(place), place.entry.shape());
    }

    /** One file's worth of tensors after the other. */
    private List<List<Place>> parts(List<Place> places) {
        List<List<Place>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        long bytes = 0;
        for (Place place : places) {
            long more = wanted(place).bytes();
            if (bytes > 0 && bytes + more > maxFileBytes) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            parts.get(parts.size() - 1).add(place);
            bytes += more;
        }
        return parts;
    }

    private void write(List<Place> places, Map<String, String> metadata, OutputStream out) throws IOException {
        Header.of(places.stream().map(this::wanted).toList(), metadata).write(out);
        byte[] bytes = new byte[TensorData.PIECE * Float.BYTES]; // of values that took a byte each
        float[] values = new float[TensorData.PIECE];
        for (Place place : places) {
            Dtype stored = place.entry.dtype();
            Dtype type = type(place);
            place.file.pieces(place.entry, (first, little, count) -> {
                int length = count * type.bytes();
                if (type == stored) {
                    little.get(bytes, 0, length);
                } else {
                    stored.read(little, values, 0, count);
                    type.write(values, 0, count, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
                }
                out.write(bytes, 0, length);
            });
        }
    }
}
