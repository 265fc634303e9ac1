package kindling.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import kindling.model.TransformerConfig;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Every job on a tiny corpus, one after the other, through the command line; and the folder that they worked in. */
record TinyPipeline(WorkFolder work) implements AutoCloseable {
    static final int RAW_DOCUMENTS = TinyCorpus.STORIES + 3 + 2 + 1; // read without a mistake
    static final int CLEAN_DOCUMENTS = RAW_DOCUMENTS - 3; // but a short one, a twin and a variant

    private static final TransformerConfig TINY = TransformerConfig.gpt2(300, 96, 1, 2, 16);

    /** Gives tests the one of this JVM, run when the first asks for it. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(TinyPipeline.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(TinyPipeline.class, key -> finished(), TinyPipeline.class);
        }
    }

    private static TinyPipeline finished() {
        try {
            WorkFolder work = new WorkFolder(Files.createTempDirectory("pipeline"));
            runEveryJob(work);
            return new TinyPipeline(work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runEveryJob(WorkFolder work) throws IOException {
        TinyCorpus.write(work.resolve("raw"));
        Files.writeString(work.resolve("tiny.json"), TINY.toJson());
        work.run("ingest", "documents", "--input=@raw");
        work.run("filter", "filtered", "--input=@documents", "--rules=length");
        work.run("dedup", "distinct", "--input=@filtered", "--threshold=0.6", "--ngram=3", "--bands=40", "--rows=2");
        work.run("redact", "redacted", "--input=@distinct");
        work.run("split", "split", "--input=@redacted", "--parts=train=0.6,heldout=0.4");
        work.run("train-tokenizer", "tokenizer", "--input=@redacted", "--vocab-size=300");
        work.run("encode", "encoded", "--input=@redacted", "--tokenizer=@tokenizer");
        work.run("tokenize", "shards", "--input=@redacted", "--tokenizer=@tokenizer");
        work.run(
                "train",
                "model",
                "--input=@shards",
                "--model=@tiny.json",
                "--steps=4",
                "--local-steps=2",
                "--batch-size=2");
        work.run("pairs", "pairs", "--input=@redacted");
        work.run(
                "finetune",
                "summarizer",
                "--input=@pairs",
                "--init=@model",
                "--steps=3",
                "--local-steps=2",
                "--batch-size=2");
        work.run(
                "generate",
                "continued",
                "--input=@redacted",
                "--checkpoint=@model",
                "--max-new-tokens=8",
                "--prompt-template=The {document}");
        for (String method : List.of("auto", "abstractive", "extractive", "lead")) {
            work.run(
                    "summarize",
                    method,
                    "--input=@pairs",
                    "--checkpoint=@summarizer",
                    "--method=" + method,
                    "--max-new-tokens=8",
                    "--long=head");
        }
        work.run("score", "rouge", "--metric=rouge", "--predictions=@lead", "--references=@pairs");
        work.run("score", "faithfulness", "--metric=faithfulness", "--predictions=@extractive");
        work.run("score", "perplexity", "--metric=perplexity", "--input=@redacted", "--checkpoint=@model");
    }

    @Override
    public void close() {
        FileUtil.fullyDelete(work.path().toFile());
    }
}
