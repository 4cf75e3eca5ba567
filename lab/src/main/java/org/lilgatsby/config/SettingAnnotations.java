package org.lilgatsby.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.Written;
import tools.jackson.core.Version;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.util.NameTransformer;

/**
 * Tells Jackson what {@link Setting} and {@link Written} say. They are the project's own, since reports write the same
 * records as they are.
 */
final class SettingAnnotations extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated annotated) {
        Setting said = annotated.getAnnotation(Setting.class);
        return said == null || said.name().isEmpty() ? null : PropertyName.construct(said.name());
    }

    @Override
    public NameTransformer findUnwrappingNameTransformer(MapperConfig<?> config, AnnotatedMember member) {
        Setting said = member.getAnnotation(Setting.class);
        return said != null && said.inline() ? NameTransformer.NOP : null;
    }

    @Override
    public JsonCreator.Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
        return annotated.hasAnnotation(Written.class) ? JsonCreator.Mode.PROPERTIES : null;
    }
}
