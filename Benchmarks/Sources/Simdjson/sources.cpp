#include "Simdjson.h"

#include <simdjson.h>

#include <string>
#include <vector>

namespace ondemand = simdjson::ondemand;

struct SimdjsonNotebook {
    simdjson::padded_string text;
    ondemand::parser parser;
    std::vector<char> sources;

    void append(std::string_view line) { sources.insert(sources.end(), line.begin(), line.end()); }
};

SimdjsonNotebook *simdjson_notebook(const uint8_t *bytes, size_t count) {
    auto notebook = new SimdjsonNotebook;
    notebook->text = simdjson::padded_string(reinterpret_cast<const char *>(bytes), count);
    return notebook;
}

long simdjson_extract_sources(SimdjsonNotebook *notebook) {
    notebook->sources.clear();
    try {
        ondemand::document document = notebook->parser.iterate(notebook->text);
        for (ondemand::object cell : document["cells"]) {
            ondemand::value source = cell["source"];
            if (source.type() == ondemand::json_type::string) {
                notebook->append(source.get_string());
                continue;
            }
            for (std::string_view line : source.get_array()) notebook->append(line);
        }
    } catch (const simdjson::simdjson_error &) {
        return -1;
    }
    return static_cast<long>(notebook->sources.size());
}

const char *simdjson_description(void) {
    static const std::string description =
        std::string(SIMDJSON_STRINGIFY(SIMDJSON_VERSION)) + " (" +
        simdjson::get_active_implementation()->name() + ", On-Demand " +
        SIMDJSON_STRINGIFY(SIMDJSON_BUILTIN_IMPLEMENTATION) + ")";
    return description.c_str();
}
