package kindling.prep.read;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import kindling.prep.Document;

/** Keeps what comes out of a file. */
final class Collected implements Sink {
    final List<Document> documents = new ArrayList<>();
    final List<Rejection> rejections = new ArrayList<>();

    final List<String> excluded = new ArrayList<>();

    record Rejection(String id, String reason, String detail) {}

    static Collected from(String path, byte[] content) {
        return from(path, content, ReadOptions.defaults());
    }

    static Collected from(String path, byte[] content, ReadOptions options) {
        return from(path, new ByteArrayInputStream(content), options);
    }

    static Collected from(String path, InputStream in, ReadOptions options) {
        Collected collected = new Collected();
        FileReading.read(path, in, options, collected);
        return collected;
    }

    List<String> texts() {
        return documents.stream().map(Document::text).toList();
    }

    List<String> reasons() {
        return rejections.stream().map(Rejection::reason).toList();
    }

    List<String> details() {
        return rejections.stream().map(Rejection::detail).toList();
    }

    @Override
    public void accept(Document document) {
        documents.add(document);
    }

    @Override
    public void reject(String id, String reason, String detail) {
        rejections.add(new Rejection(id, reason, detail));
    }

    @Override
    public void exclude(String path) {
        excluded.add(path);
    }
}
