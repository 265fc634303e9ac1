package kindling.jobs.rows;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import kindling.model.generate.Work;

/**
 * What a run did for its answers, and what it was spared. Each part of the table counts once, however often it was tried: what tries that failed have
 * read is not in it, nor what earlier runs did for the chunks that this one found.
 *
 * @param requests what was to be asked: rows that ask the same are one, rows that cannot be asked about none
 * @param chunks of answers
 * @param chunksFound those of them that were durable already
 * @param work of the model for the others, if there is one
 */
record Effort(RowErrors errors, long requests, long chunks, long chunksFound, Work work) implements Serializable {
    /** Of nothing yet. */
    static Effort none() {
        return new Effort(new RowErrors(), 0, 0, 0, Work.NONE);
    }

    Effort plus(Effort other) {
        RowErrors all = new RowErrors();
        all.add(errors);
        all.add(other.errors);
        return new Effort(
                all,
                requests + other.requests,
                chunks + other.chunks,
                chunksFound + other.chunksFound,
                work.plus(other.work));
    }

    /** For {@code _report.json}. */
    Map<String, Number> figures() {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("requests", requests);
        figures.put("chunks", chunks);
        figures.put("chunks_found", chunksFound);
        figures.put("prompt_tokens", work.promptTokens());
        figures.put("prefix_tokens", work.prefixTokens());
        figures.put("prefix_share", work.prefixShare());
        figures.put("tokens_read", work.tokensRead());
        figures.put("padding_share", work.paddingShare());
        return figures;
    }

    /** For people: {@code 1000 rows | 950 requests | 3 of 12 chunks found | 52100 tokens read | 31.0 % of prompts shared | 6.2 % padding}. */
    String line(long rows) {
        String asked = "%d rows | %d requests | %d of %d chunks found".formatted(rows, requests, chunksFound, chunks);
        return work.tokensRead() == 0
                ? asked
                : String.format(
                        Locale.ROOT,
                        "%s | %d tokens read | %.1f %% of prompts shared | %.1f %% padding",
                        asked,
                        work.tokensRead(),
                        100 * work.prefixShare(),
                        100 * work.paddingShare());
    }
}
