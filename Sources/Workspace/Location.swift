internal import Platform

/// Where a file lies: two paths with the same location name the same entry of the same folder.
///
/// A last component that is a link is not followed: a link and its target are two inputs with two results.
struct Location: Hashable {
    /// The folder's number, given by the finder.
    private let folder: Int
    private let name: Path

    /// Finds locations, and remembers the folders that it has looked at.
    ///
    /// Locations of different finders must not be compared.
    struct Finder {
        private var folders: [Path: Path] = [:]
        private var numbers: [Path: Int] = [:]
        private var last: (folder: Path, number: Int)?

        /// Where `path` lies; neither the file nor its folder need exist.
        mutating func location(of path: Path) -> Location {
            Location(folder: number(of: path.parent), name: path.name)
        }

        private mutating func number(of folder: Path) -> Int {
            // Files come folder by folder.
            if let last, last.folder == folder { return last.number }
            let resolved = resolved(folder)
            let number = numbers[resolved] ?? numbers.count
            numbers[resolved] = number
            last = (folder, number)
            return number
        }

        private mutating func resolved(_ folder: Path) -> Path {
            if let known = folders[folder] { return known }
            let resolved =
                isPlain(folder)
                ? resolvedBelowParent(folder)
                : (try? File.resolved(folder)) ?? resolvedBelowParent(folder)
            folders[folder] = resolved
            return resolved
        }

        /// Whether the folder is its name below its parent: it is no link, or it is still to be made.
        private func isPlain(_ folder: Path) -> Bool {
            guard folder.parent != folder, folder.name != ".", folder.name != ".." else {
                return false
            }
            let status = try? File.status(of: folder, followingLinks: false)
            return status?.kind != .symbolicLink
        }

        private mutating func resolvedBelowParent(_ folder: Path) -> Path {
            guard folder.parent != folder, folder.name != ".." else { return folder }
            return resolved(folder.parent).appending(folder.name)
        }
    }

    /// The location of the same name without its extension.
    var stem: Location { Location(folder: folder, name: name.withoutExtension) }
}
