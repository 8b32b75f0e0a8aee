"""What a record is: frozen models, closed vocabularies and reference tables. The ground of the house."""
