package kindling.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kindling.model.average.Wire;
import kindling.model.train.Part;

/**
 * Arrays of a model's size on their way between driver and executors, cut in slices: bytes, which travel as they are, where
 * numbers would be written one by one.
 *
 * @param bytes float32, little-endian, by name of the array and number of the slice
 */
public record Slices(SortedMap<Key, byte[]> bytes) implements Serializable {
    /** θ. */
    static final String PARAMETERS = "parameters";

    static final int MOST =
            1 << 16; // values: 256 kB a slice stay in a core's cache while summed and moved, and are small for G1

    /** A slice of an array. */
    public record Key(String array, int slice) implements Comparable<Key>, Serializable {
        @Override
        public int compareTo(Key other) {
            int byName = array.compareTo(other.array);
            return byName != 0 ? byName : Integer.compare(slice, other.slice);
        }
    }

    /** The parameters of a model. */
    public static Slices of(float[] parameters) {
        return none().add(PARAMETERS, parameters, equal(parameters.length));
    }

    /** The whole of θ. */
    public float[] parameters() {
        return array(PARAMETERS);
    }

    static Slices none() {
        return new Slices(new TreeMap<>());
    }

    /** Adds an array to these. */
    Slices add(String array, float[] values, List<Part> parts) {
        for (Part part : parts) {
            bytes.put(
                    new Key(array, part.index()),
                    Wire.FLOAT32.encode(values, part.from(), part.from() + part.size(), null));
        }
        return this;
    }

    /** Equal slices of an array that no optimiser's step is made on. */
    static List<Part> equal(int length) {
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < length; from += MOST) {
            parts.add(new Part(parts.size(), from, Math.min(MOST, length - from)));
        }
        return parts;
    }

    /** The whole of an array. */
    float[] array(String name) {
        SortedMap<Key, byte[]> slices = bytes.subMap(new Key(name, 0), new Key(name, Integer.MAX_VALUE));
        int size = Math.toIntExact(
                slices.values().stream().mapToLong(slice -> slice.length).sum() / Float.BYTES);
        float[] whole = new float[size];
        int at = 0;
        for (byte[] slice : slices.values()) {
            float[] values = Wire.FLOAT32.decode(slice);
            System.arraycopy(values, 0, whole, at, values.length);
            at += values.length;
        }
        return whole;
    }

    /** One slice of θ. */
    float[] parameters(Part part) {
        return Wire.FLOAT32.decode(bytes.get(new Key(PARAMETERS, part.index())));
    }

    /** Names of the arrays besides θ: moments that all replicas share. */
    Set<String> moments() {
        return bytes.keySet().stream()
                .map(Key::array)
                .filter(name -> !name.equals(PARAMETERS))
                .collect(Collectors.toSet());
    }

    /** Bytes of all slices. */
    long size() {
        return bytes.values().stream().mapToLong(slice -> slice.length).sum();
    }
}
