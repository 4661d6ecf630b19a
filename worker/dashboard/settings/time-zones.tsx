/** The names of time zones to choose from, for a field with `list="time-zones"`; any other that there is can be typed. */
export function TimeZones() {
	return (
		<datalist id="time-zones">
			{Intl.supportedValuesOf("timeZone").map((name) => (
				<option value={name} />
			))}
		</datalist>
	);
}
