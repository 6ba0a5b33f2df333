internal import Platform

/// Where a file lies: two paths with the same location name the same entry of the same folder.
///
/// A last component that is a link is not followed: a link and its target are two inputs with two results.
struct Location: Hashable {
    private let folder: Path
    private let name: Path

    /// Finds locations, and remembers the folders that it has looked at.
    struct Finder {
        private var folders: [Path: Path] = [:]

        /// Where `path` lies; neither the file nor its folder need exist.
        mutating func location(of path: Path) -> Location {
            Location(folder: resolved(path.parent), name: path.name)
        }

        private mutating func resolved(_ folder: Path) -> Path {
            if let known = folders[folder] { return known }
            let resolved = (try? File.resolved(folder)) ?? resolvedLater(folder)
            folders[folder] = resolved
            return resolved
        }

        /// What a folder that is still to be made will be.
        private mutating func resolvedLater(_ folder: Path) -> Path {
            guard folder.parent != folder, folder.name != ".." else { return folder }
            return resolved(folder.parent).appending(folder.name)
        }
    }

    /// The location of the same name without its extension.
    var stem: Location { Location(folder: folder, name: name.withoutExtension) }
}
