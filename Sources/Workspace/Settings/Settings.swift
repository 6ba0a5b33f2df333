internal import Notebook
internal import Platform

/// What a team has settled on for the notebooks and scripts below a folder.
struct Settings: Sendable {
    /// The file that says so.
    let file: Path
    /// How the file looked before it was read; nil for settings that come from elsewhere.
    var status: FileStatus?
    /// How scripts are written and read; goes before what the files say themselves.
    private(set) var options = FormatOptions()
    /// The formats of pairs; of those that fit a file the first one counts.
    private(set) var formats: [PairFormats] = []

    /// Whose settings they are: which keys there may be.
    enum Dialect {
        case nbgit
        case jupytext
    }

    /// Reads a table of settings.
    ///
    /// - Parameters:
    ///   - table: The table; the whole document, or `tool.nbgit` of it.
    ///   - dialect: Whose keys it has.
    ///   - file: Where it stands.
    /// - Throws: ``Failure`` with the line of a key that nobody knows, and of a value of another type.
    init(_ table: TOMLValue, in dialect: Dialect, file: Path) throws(Failure) {
        self.file = file
        for (key, value) in table.members ?? [] {
            do throws(Failure) { try set(key, to: value, in: dialect) } catch {
                var failure = error
                failure.subject = .path(file)
                failure.line = failure.line ?? value.line
                throw failure
            }
        }
    }

    private mutating func set(
        _ key: String, to value: TOMLValue, in dialect: Dialect
    ) throws(Failure) {
        let name = dialect == .jupytext ? Self.newNames[key] ?? key : key
        if name == "formats" {
            do throws(Failure) { formats = try Self.formats(value) } catch {
                // jupytext may keep other scripts in step below the same folder.
                guard dialect == .jupytext, error.isForOthers else { throw error }
            }
        } else if let isBool = FormatOptions.isBool(name) {
            let text = try Self.text(of: value, key, isBool: isBool)
            // jupytext takes its default for nothing that was said.
            guard (name, text) != ("root_level_metadata_as_raw_cell", "true") else { return }
            // The name is known and a boolean is spelled as one.
            try? options.set(name, to: text)
        } else if dialect == .nbgit, name == "connections" {
            // Read by ``TeamFile`` where somebody asks for one.
            return
        } else if dialect == .nbgit || !Self.otherKeys.contains(name) {
            throw unknown(key, in: dialect)
        }
    }

    private static func text(
        of value: TOMLValue, _ key: String, isBool: Bool
    ) throws(Failure) -> String {
        switch value.content {
        case .boolean(let bool) where isBool: return bool ? "true" : "false"
        case .string(let text) where !isBool: return text
        // Names of options, cell magics and keys are often given as a list.
        case .array(let elements) where !isBool && elements.allSatisfy({ $0.string != nil }):
            return elements.compactMap(\.string).joined(separator: ",")
        default:
            throw Failure(
                "'\(key)' is \(value.phrase), not \(isBool ? "true or false" : "a text")",
                hint: "write \(key) = \(isBool ? "true" : "\"…\"")")
        }
    }

    private func unknown(_ key: String, in dialect: Dialect) -> Failure {
        let own = dialect == .nbgit ? ["connections"] : []
        let known = ["formats"] + own + FormatOptions.names
        var failure = Failure("there is no setting '\(Path(key).displayName)'")
        failure.unknownName = Failure.UnknownName(
            name: key, known: known + (dialect == .jupytext ? Self.otherKeys : []))
        return failure
    }

    // MARK: Formats

    private static func formats(_ value: TOMLValue) throws(Failure) -> [PairFormats] {
        switch value.content {
        case .string(let text):
            return try text.split(separator: ";").map { group throws(Failure) in
                try PairFormats(String(group))
            }
        case .array(let groups):
            var all: [PairFormats] = []
            for group in groups { all += try formats(group) }
            return all
        case .table(let members):
            let texts = try members.map { key, value throws(Failure) in
                guard let format = value.string else {
                    throw Failure("the format of '\(Path(key).displayName)' is \(value.phrase)")
                }
                return try tree(key) + format
            }
            return [try PairFormats(texts.joined(separator: ","))]
        default:
            throw Failure(
                "'formats' is \(value.phrase), not a text",
                hint: #"write formats = "ipynb,py:percent""#)
        }
    }

    /// `notebooks/` in a table is the root `notebooks///` in a text.
    private static func tree(_ key: String) throws(Failure) -> String {
        var root = key[...]
        while root.hasSuffix("/") { root.removeLast() }
        return root.isEmpty ? "" : "\(root)///"
    }

    // MARK: jupytext's names

    /// What jupytext called its settings before.
    private static let newNames = [
        "default_jupytext_formats": "formats",
        "default_notebook_metadata_filter": "notebook_metadata_filter",
        "default_cell_metadata_filter": "cell_metadata_filter",
        "default_cell_markers": "cell_markers",
    ]

    /// What jupytext knows and percent scripts have no use for.
    private static let otherKeys = [
        "sphinx_convert_rst2md", "preferred_jupytext_formats_save",
        "preferred_jupytext_formats_read", "notebook_extensions", "outdated_text_notebook_margin",
        "cm_config_log_level",
    ]
}
