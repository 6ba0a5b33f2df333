internal import Platform

/// Which way content goes through a filter.
enum FilterDirection: String {
    /// From the work tree into the repository.
    case clean
    /// From the repository into the work tree.
    case smudge
}

/// One `filter.<name>` of the configuration: the programs that gitattributes(5) calls a filter driver.
///
/// Attributes, which come with a repository, choose a driver by its name; what it runs stands in the
/// configuration alone.
struct FilterDriver {
    let name: String
    private let clean: String
    private let smudge: String
    /// A program that is started once and asked for every file; goes before the two others.
    let process: String
    /// Whether a file must not be taken as it is when the filter fails.
    let isRequired: Bool

    /// Reads a driver, or is nil where the configuration knows none of that name.
    init?(_ name: String, _ configuration: Configuration) throws(GitError) {
        let prefix = "filter.\(name)."
        guard try !configuration.entries({ $0.hasPrefix(prefix) }).isEmpty else { return nil }
        self.name = name
        clean = try configuration.string("\(prefix)clean") ?? ""
        smudge = try configuration.string("\(prefix)smudge") ?? ""
        process = try configuration.string("\(prefix)process") ?? ""
        isRequired = try configuration.bool("\(prefix)required") ?? false
    }

    /// The command line for one file, or nil where there is none for that direction.
    ///
    /// `%f` becomes the path, quoted for the shell; `%%` becomes `%`. Follows apply_filter in convert.c.
    func commandLine(_ direction: FilterDirection, path: Path) -> [UInt8]? {
        let template = direction == .clean ? clean : smudge
        guard !template.isEmpty else { return nil }
        var line: [UInt8] = []
        var rest = Array(template.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let next = rest.first else {
                line.append(byte)
                continue
            }
            switch next {
            case UInt8(ascii: "%"):
                line.append(byte)
                rest.removeFirst()
            case UInt8(ascii: "f"):
                line += Self.quoted(path.bytes)
                rest.removeFirst()
            default: line.append(byte)
            }
        }
        return line
    }

    /// The bytes as one word of the shell, whatever they are.
    ///
    /// Follows sq_quote_buf in quote.c.
    private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "'")
        let escaped = bytes.flatMap { byte in
            byte == quote || byte == UInt8(ascii: "!")
                ? [quote, UInt8(ascii: "\\"), byte, quote] : [byte]
        }
        return [quote] + escaped + [quote]
    }
}
