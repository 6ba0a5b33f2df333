// Measures converting in process, without start-up, reading and writing, against simdjson On-Demand.
//
// usage: in-process <seconds> <notebook>...
//        in-process --peer
//
// Both get the notebook in memory. nbgit checks all of it and makes the whole script; simdjson fetches the
// sources of the cells, and of the rest it checks what its first stage sees. They take turns of at least 5 ms.
// Columns, with a tab between them:
//
//     nbgit: median and shortest ms; simdjson: the same; median over the turns of (simdjson / nbgit)

internal import Notebook
internal import Simdjson

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

let arguments = CommandLine.arguments.dropFirst()
guard let first = arguments.first else { stop("expected the seconds for each notebook") }
if first == "--peer" {
    print(String(cString: simdjson_description()))
    exit(0)
}
guard let seconds = Double(first) else { stop("'\(first)' is not a number of seconds") }
for path in arguments.dropFirst() {
    let bytes = contents(of: path)
    guard let peer = simdjson_notebook(bytes, bytes.count) else { stop("out of memory") }
    let length = sources(of: bytes)
    guard simdjson_extract_sources(peer) == length else {
        stop("simdjson and nbgit do not find the same sources in '\(path)'")
    }
    let comparison = Comparison(
        duration: .seconds(seconds),
        { convert(bytes) },
        { _ = simdjson_extract_sources(peer) })
    print(comparison.columns)
}

func content(_ bytes: [UInt8]) -> NotebookContent {
    do { return try NotebookReader(bytes).content } catch { stop(error.message) }
}

/// The bytes of all sources, to see that both do the same.
func sources(of bytes: [UInt8]) -> Int {
    content(bytes).notebook.cells.reduce(0) { $0 + $1.source.count }
}

@inline(never)
func convert(_ bytes: [UInt8]) {
    let content = content(bytes)
    guard let language = Languages.language(of: content.metadata) else { stop("no language") }
    let script = PercentWriter.script(of: content, language: language)
    if script.bytes.isEmpty { stop("the script is empty") }
}

func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { stop("cannot read '\(path)'") }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, initializedCount in
        initializedCount = fread(buffer.baseAddress, 1, size, file)
    }
}

func stop(_ message: String) -> Never {
    let line = Array("in-process: error: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(2)
}
