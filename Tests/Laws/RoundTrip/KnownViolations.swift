@testable import Notebook

/// Violations of the law that are known; each leaves when its bug is mended.
enum KnownViolations {
    static func contains(_ violation: RoundTripLaw.Violation, of notebook: Notebook) -> Bool {
        let section = JupytextSection(notebook.metadata)
        switch violation.kind {
        case .secondScript:
            // An encoding that cannot stand above the header, where a line with another must.
            return section.values["encoding"] != nil || section.isWidened
                || notebook.cells.contains { cell in
                    cell.endsInSpace || cell.losesItsMarker(section) || cell.hasTwoLanguages
                        || cell.hasTitleOfOtherName(section)
                }
        case .notebookMetadata: return notebook.hasSurrogateInMetadata
        default: return false
        }
    }
}

extension Cell {
    /// White-space-only lines at the end of a cell are taken for the gap.
    fileprivate var endsInSpace: Bool {
        source.span.lineRanges.suffix(2).contains { range in
            let line = source.span.extracting(range)
            return !line.isEmpty && line.isBlank
        }
    }

    /// `"""x"""` is read without its `cell_marker`, and so is a comment where the notebook asks for quotes.
    fileprivate func losesItsMarker(_ section: JupytextSection) -> Bool {
        guard let marker = metadata["cell_marker"] else { return false }
        return section.cellMarkers != nil || marker.string?.contains(",") == true
    }

    /// The language of the first line takes the place of one in the metadata, in another order of keys.
    fileprivate var hasTwoLanguages: Bool { metadata["language"] != nil }

    /// A title is let through, but not the key under which `a=b` is read.
    fileprivate func hasTitleOfOtherName(_ section: JupytextSection) -> Bool {
        section.values["cell_metadata_filter"]?.string?.contains("-all") == true
            && metadata["title"]?.string?.contains("=") == true
    }
}

extension Notebook {
    /// YAML has no way to spell half of a surrogate pair that all readers accept.
    fileprivate var hasSurrogateInMetadata: Bool {
        JSONWriter.block(.object(metadata)).span.firstIndex(of: Array(#"\ud"#.utf8)) != nil
    }
}

extension JupytextSection {
    /// A filter that is no `-all` grows by all keys in the script.
    fileprivate var isWidened: Bool {
        values["cell_metadata_filter"]?.string?.contains("all") == false
    }
}
