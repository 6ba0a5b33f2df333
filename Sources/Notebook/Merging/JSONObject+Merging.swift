extension JSONObject {
    /// Brings together two edited versions of an object, member by member and down into objects.
    ///
    /// - Parameters:
    ///   - base: What both come from.
    ///   - theirs: The other version.
    ///   - takesTheirs: Whether the other's value is taken where both changed one, and not this one's.
    ///   - disputed: Collects the keys, from the outermost, where both changed a value, and not to the same.
    /// - Returns: This object with the changes of the other; new members stand last.
    func merged(
        from base: JSONObject, with theirs: JSONObject, takingTheirs takesTheirs: Bool,
        disputed: inout [[JSONString]]
    ) -> JSONObject {
        merged(from: base, with: theirs, takesTheirs, below: [], disputed: &disputed)
    }

    private func merged(
        from base: JSONObject, with theirs: JSONObject, _ takesTheirs: Bool,
        below path: [JSONString], disputed: inout [[JSONString]]
    ) -> JSONObject {
        var result = self
        let keys = (theirs.members + base.members.filter { theirs[$0.key] == nil }).map(\.key)
        for key in keys {
            let (old, our, their) = (base[key], self[key], theirs[key])
            if isSame(our, their) || isSame(old, their) { continue }
            if isSame(old, our) {
                result[key] = their
            } else if let our = our?.object, let their = their?.object {
                let merged = our.merged(
                    from: old?.object ?? [:], with: their, takesTheirs, below: path + [key],
                    disputed: &disputed)
                result[key] = .object(merged)
            } else {
                disputed.append(path + [key])
                if takesTheirs { result[key] = their }
            }
        }
        return result
    }
}

/// Whether both are missing, or both say the same.
private func isSame(_ one: JSONValue?, _ other: JSONValue?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one == other || one.isEquivalent(to: other)
}
