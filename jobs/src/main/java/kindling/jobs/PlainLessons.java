package kindling.jobs;

import kindling.jobs.examples.Lesson;
import kindling.jobs.examples.Taught;
import kindling.jobs.prompt.PromptTemplate;
import kindling.prep.token.Tokenizer;

/**
 * Pairs with text around the prompt. A prompt that is too long is cut at its end, a completion never.
 *
 * @param room ids that a lesson may have
 */
record PlainLessons(Tokenizer tokenizer, PromptTemplate template, int room) {

    Taught of(String prompt, String completion) {
        int[] document = tokenizer.encode(prompt);
        int[] answer = PromptTemplate.completion(tokenizer, completion);
        int[] given = template.ids(tokenizer, document, document.length);
        int around = given.length - document.length;
        int left = room - around - answer.length;
        if (left <= 0) {
            return Taught.tooLong("%d tokens of completion and %d of template leave no room for a prompt in %d"
                    .formatted(answer.length, around, room));
        }
        return document.length <= left
                ? new Taught.Made(Lesson.of(given, answer), false, 0)
                : new Taught.Made(Lesson.of(template.ids(tokenizer, document, left), answer), true, 0);
    }
}
