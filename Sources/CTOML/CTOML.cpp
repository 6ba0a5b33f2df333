#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
// Of a header that begins with no key the parser asserts that it begins with one, just before it says that it does
// not. So nothing is asserted, and nothing is assumed, which it would do instead under NDEBUG.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include "CTOML.h"

#include <cstdio>
#include <iterator>
#include <new>
#include <string_view>
#include <toml++/toml.h>

struct ctoml_document {
    toml::table root;
};

namespace {

const toml::node &node(const ctoml_value *value) { return *reinterpret_cast<const toml::node *>(value); }

const ctoml_value *opaque(const toml::node &node) { return reinterpret_cast<const ctoml_value *>(&node); }

}

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *ctoml_version(void) { return VERSION_OF(TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH); }

ctoml_document *ctoml_parse(const char *bytes, size_t count, ctoml_error *error)
{
    toml::parse_result result = toml::parse(std::string_view(bytes, count));
    if (result) return new (std::nothrow) ctoml_document{std::move(result).table()};
    const toml::parse_error &failure = result.error();
    std::string_view description = failure.description();
    std::snprintf(
        error->message, sizeof error->message, "%.*s", static_cast<int>(description.size()),
        description.data());
    error->line = failure.source().begin.line;
    error->column = failure.source().begin.column;
    return nullptr;
}

void ctoml_free(ctoml_document *document) { delete document; }

const ctoml_value *ctoml_root(const ctoml_document *document) { return opaque(document->root); }

ctoml_kind ctoml_kind_of(const ctoml_value *value)
{
    switch (node(value).type()) {
    case toml::node_type::table: return CTOML_TABLE;
    case toml::node_type::array: return CTOML_ARRAY;
    case toml::node_type::string: return CTOML_STRING;
    case toml::node_type::boolean: return CTOML_BOOLEAN;
    case toml::node_type::integer: return CTOML_INTEGER;
    case toml::node_type::floating_point: return CTOML_FRACTION;
    default: return CTOML_TIME;
    }
}

size_t ctoml_line(const ctoml_value *value) { return node(value).source().begin.line; }

size_t ctoml_count(const ctoml_value *value)
{
    if (const toml::table *table = node(value).as_table()) return table->size();
    if (const toml::array *array = node(value).as_array()) return array->size();
    return 0;
}

const ctoml_value *ctoml_member(const ctoml_value *value, size_t index, const char **key, size_t *key_count)
{
    *key = nullptr;
    *key_count = 0;
    if (const toml::array *array = node(value).as_array()) return opaque((*array)[index]);
    auto member = std::next(node(value).as_table()->begin(), static_cast<std::ptrdiff_t>(index));
    std::string_view name = member->first.str();
    *key = name.data();
    *key_count = name.size();
    return opaque(member->second);
}

const char *ctoml_string(const ctoml_value *value, size_t *count)
{
    const std::string &text = node(value).as_string()->get();
    *count = text.size();
    return text.data();
}

int64_t ctoml_integer(const ctoml_value *value)
{
    const toml::value<int64_t> *integer = node(value).as_integer();
    return integer ? integer->get() : 0;
}

int ctoml_boolean(const ctoml_value *value)
{
    const toml::value<bool> *boolean = node(value).as_boolean();
    return boolean && boolean->get();
}
