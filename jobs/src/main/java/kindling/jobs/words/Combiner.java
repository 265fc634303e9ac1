package kindling.jobs.words;

import java.util.Iterator;
import java.util.NoSuchElementException;
import kindling.prep.bpe.TextCut;
import kindling.prep.bpe.WordCounts;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The words of a task's texts with their counts, a word once for each time that the table was full. Runs on executors; holds the words of one
 * full table and of one text.
 */
final class Combiner implements Iterator<Row> {
    private final Iterator<Row> texts;
    private final TextCut cut;
    private final WordCounts counts = new WordCounts();
    private int next;

    Combiner(Iterator<Row> texts, TextCut cut) {
        this.texts = texts;
        this.cut = cut;
    }

    @Override
    public boolean hasNext() {
        if (next == counts.size()) {
            next = 0;
            counts.clear();
            while (!counts.isFull() && texts.hasNext()) {
                counts.addWords(texts.next().getString(0), cut);
            }
        }
        return next < counts.size();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return RowFactory.create(counts.word(next), counts.count(next++));
    }
}
