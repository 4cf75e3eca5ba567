package org.lilgatsby.safetensors;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the program writes all its JSON: JSON has no NaN and no infinities, so a number that is not finite becomes null,
 * on its own, in an array or in a tree. Jackson's default is the text "NaN".
 */
public final class FiniteJson {
    private FiniteJson() {}

    /** A builder of mappers that write by this rule. */
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder(factory().build());
    }

    /** The same, for mappers that also refuse duplicate keys when reading. */
    public static JsonMapper.Builder strictMapper() {
        return JsonMapper.builder(
                factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    }

    private static JsonFactoryBuilder factory() {
        return JsonFactory.builder().addDecorator((_, generator) -> new Finite(generator));
    }

    private static final class Finite extends JsonGeneratorDelegate {
        Finite(JsonGenerator generator) {
            super(generator, false);
        }

        @Override
        public JsonGenerator writeNumber(double number) throws JacksonException {
            return Double.isFinite(number) ? super.writeNumber(number) : writeNull();
        }

        @Override
        public JsonGenerator writeNumber(float number) throws JacksonException {
            return Float.isFinite(number) ? super.writeNumber(number) : writeNull();
        }

        @Override
        public JsonGenerator writeArray(double[] numbers, int offset, int length) throws JacksonException {
            writeStartArray(numbers, length);
            for (int i = offset; i < offset + length; i++) {
                writeNumber(numbers[i]);
            }
            return writeEndArray();
        }
    }
}
