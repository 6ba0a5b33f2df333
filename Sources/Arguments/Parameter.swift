/// A stored property that a parameter fills.
public typealias Property<Target, Value> = any WritableKeyPath<Target, Value> & Sendable

/// One flag, option or operand: its names, its documentation, and the property that it fills.
///
/// A name of one letter is written with one dash, a longer name with two: `"C"` is `-C`, and `"to"`
/// is `--to`.
public struct Parameter<Target>: Sendable {
    /// What is done with the parameter when it is met.
    enum Effect: Sendable {
        case set(@Sendable (inout Target, Bool) -> Void)
        case read(@Sendable (inout Target, String) throws(UsageError) -> Void)
    }

    let info: ParameterInfo
    let effect: Effect

    /// The same parameter for a type that holds its target: how several commands share a table.
    ///
    ///     parameters: Output.parameters.map { $0.lifted(to: \.output) }
    public func lifted<Whole>(to part: Property<Whole, Target>) -> Parameter<Whole> {
        switch effect {
        case .set(let set):
            .init(info: info, effect: .set { whole, isOn in set(&whole[keyPath: part], isOn) })
        case .read(let read):
            .init(
                info: info,
                effect: .read { whole, text throws(UsageError) in
                    try read(&whole[keyPath: part], text)
                })
        }
    }
}

extension Parameter {
    /// A switch: `--name`, or as `form` says.
    public static func flag(
        _ name: String, letter: Character? = nil, _ property: Property<Target, Bool>,
        form: FlagForm = .plain, help: String
    ) -> Self {
        Self(
            info: named(name, letter, .flag(form), help: help),
            effect: .set { target, isOn in target[keyPath: property] = isOn })
    }

    /// A switch that counts how often it is given: `-vv`.
    public static func count(
        _ name: String, letter: Character? = nil, _ property: Property<Target, Int>, help: String
    ) -> Self {
        var info = named(name, letter, .flag(.plain), help: help)
        info.isRepeated = true
        return Self(info: info, effect: .set { target, _ in target[keyPath: property] += 1 })
    }

    /// An option with a value; given twice, the last one counts.
    ///
    /// - Parameters:
    ///   - name: The name without dashes.
    ///   - letter: A second name, for one dash.
    ///   - property: Where the value goes; may be optional.
    ///   - placeholder: What the value is, without angle brackets.
    ///   - isRequired: Whether the command cannot do without it.
    ///   - defaultText: What help says of a command line without it.
    ///   - completion: What a shell offers; otherwise what the value's type offers.
    ///   - read: Makes the value of the word, where its type's own way is not enough:
    ///     `{ text throws(UsageError) in try Int(argument: text, in: 1...64) }`.
    ///   - help: An imperative phrase or a noun, without a period.
    /// - Returns: The parameter for a command's table.
    public static func option<Value: ArgumentValue>(
        _ name: String, letter: Character? = nil, _ property: Property<Target, Value>,
        _ placeholder: String, required isRequired: Bool = false,
        default defaultText: String? = nil, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        var info = named(name, letter, .option, help: help)
        info.placeholder = placeholder
        info.isRequired = isRequired
        info.defaultText = defaultText
        info.completion = completion ?? Value.completion
        return Self(info: info, effect: replacing(property, read))
    }

    /// An option that may be repeated; its values are kept in order.
    public static func options<Value: ArgumentValue>(
        _ name: String, letter: Character? = nil, _ property: Property<Target, [Value]>,
        _ placeholder: String, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        var info = named(name, letter, .option, help: help)
        info.placeholder = placeholder
        info.isRepeated = true
        info.completion = completion ?? Value.completion
        return Self(info: info, effect: appending(property, read))
    }

    /// One word that is not an option.
    public static func operand<Value: ArgumentValue>(
        _ placeholder: String, _ property: Property<Target, Value>,
        required isRequired: Bool = true, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        let info = ParameterInfo(
            kind: .operand, placeholder: placeholder, help: help, isRequired: isRequired,
            completion: completion ?? Value.completion)
        return Self(info: info, effect: replacing(property, read))
    }

    /// All remaining words that are not options, in order.
    public static func operands<Value: ArgumentValue>(
        _ placeholder: String, _ property: Property<Target, [Value]>,
        required isRequired: Bool = true, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        let info = ParameterInfo(
            kind: .operand, placeholder: placeholder, help: help, isRequired: isRequired,
            isRepeated: true, completion: completion ?? Value.completion)
        return Self(info: info, effect: appending(property, read))
    }

    private static func named(
        _ name: String, _ letter: Character?, _ kind: ParameterInfo.Kind, help: String
    ) -> ParameterInfo {
        name.count == 1
            ? ParameterInfo(kind: kind, letter: name.first, help: help)
            : ParameterInfo(kind: kind, long: name, letter: letter, help: help)
    }

    private static func replacing<Value>(
        _ property: Property<Target, Value>, _ read: @escaping Reader<Value>
    ) -> Effect {
        .read { target, text throws(UsageError) in target[keyPath: property] = try read(text) }
    }

    private static func appending<Value>(
        _ property: Property<Target, [Value]>, _ read: @escaping Reader<Value>
    ) -> Effect {
        .read { target, text throws(UsageError) in
            target[keyPath: property].append(try read(text))
        }
    }
}
