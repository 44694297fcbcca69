/** When a question is asked: gates joined by ";", each "all" or "any" of parts joined by "|", each part
 * an item, an operator (= != exists) and an answer. As `Questionnaire.enabled` on the server. */
export function holds(gates: string, given: ReadonlyMap<string, string>): boolean {
  return gates.split(";").every(gate => {
    const [how, ...parts] = gate.split("|");
    const held = (part: string): boolean => {
      const [item = "", operator = "", ...rest] = part.split(" ");
      const answer = rest.join(" ");
      const has = given.get(item);
      if (operator === "exists") return (has !== undefined) === (answer === "true");
      return operator === "=" ? has === answer : has !== answer;
    };
    return how === "any" ? parts.some(held) : parts.every(held);
  });
}
